import { describe, expect, test } from 'vitest';
import { withRepo } from '../../helpers/repo.ts';

const script = `
mkdir reports
cat > reports/junit.xml <<X
<testsuites><testsuite name="unit">
<testcase name="quick" time="0.01"/><testcase name="slow" time="3.5"/>
<testcase name="bad" time="0.5"><failure message="expected 1, got 2">at line 7</failure></testcase>
<testcase name="left out"><skipped/></testcase>
</testsuite></testsuites>
X
cat > results.tap <<X
TAP version 13
1..2
ok 1 - tap good
not ok 2 - tap bad
X
exit 1`;

interface Tests {
  version: number;
  totals: object;
  cases: { suite: string; name: string; status: string; report: string }[];
}

describe('git jci tests', () => {
  test('lists the cases of JUnit and TAP reports, failed ones first', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('tests');
        expect(exitCode).toBe(0);
        const lines = stdout.trimEnd().split('\n');
        expect(lines).toHaveLength(6);
        expect(lines.slice(0, 2).every((line) => line.startsWith('✗'))).toBe(true);
        expect(stdout).toMatch(/✓ unit > slow +3\.5 s/);
        expect(stdout).toMatch(/○ unit > left out/);
        expect(stdout).toMatch(/✓ .*tap good/);
      },
      { script },
    ));

  test('--failed prints what failed and what it said', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { stdout } = await repo.jci('tests', '--failed');
        expect(stdout).toMatch(/✗ unit > bad\n\s+expected 1, got 2/);
        expect(stdout).toContain('tap bad');
        expect(stdout).not.toMatch(/good|slow|left out/);
      },
      { script },
    ));

  test('--slowest takes so many, slowest first', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const lines = (await repo.jci('tests', '--slowest', '2')).stdout.trimEnd().split('\n');
        expect(lines).toEqual([expect.stringContaining('slow'), expect.stringContaining('bad')]);
        for (const count of ['0', '-1', 'x']) expect((await repo.jci('tests', '--slowest', count)).exitCode).toBe(2);
      },
      { script },
    ));

  test('--json has the totals and every case with its report', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { version, totals, cases } = JSON.parse((await repo.jci('tests', '--json')).stdout) as Tests;
        expect(version).toBe(1);
        expect(totals).toMatchObject({ passed: 3, failed: 2, skipped: 1 });
        expect(cases).toHaveLength(6);
        expect(cases.slice(0, 2).map(({ status }) => status)).toEqual(['failed', 'failed']);
        expect(new Set(cases.map(({ report }) => report))).toEqual(new Set(['reports/junit.xml', 'results.tap']));
      },
      { script },
    ));

  test('a run without reports says how to make some', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout, stderr } = await repo.jci('tests');
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
        expect(stderr).toContain('JUnit XML or TAP');
        expect(JSON.parse((await repo.jci('tests', '--json')).stdout)).toMatchObject({ totals: null, cases: [] });
      },
      { script: 'echo "not a report" > notes.xml' },
    ));

  test('without a run is refused with 3', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('tests');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('has no runs');
      },
      { script },
    ));
});
