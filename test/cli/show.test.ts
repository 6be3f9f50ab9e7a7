import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo } from '../helpers/repo.ts';

const rich = `
git jci step build -- echo building
git jci step test -- sh -c 'exit 4'
echo '::error file=src/a.c,line=7::it broke'
cat > junit.xml <<X
<testsuite name="s"><testcase name="good" time="0.1"/><testcase name="bad" time="0.2"><failure message="boom">details</failure></testcase></testsuite>
X
mkdir d; echo deep > d/deep.txt; ln -s d/deep.txt link
exit 1`;

describe('git jci show', () => {
  test('shows outcome, steps, failed tests, annotations and artefacts', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('show');
        expect(exitCode).toBe(0);
        expect(stdout.split('\n')[0]).toMatch(/^✗ .*exit code 1.*run \d+-[0-9a-f]{4}$/);
        expect(stdout).toMatch(/Steps \(2\)/);
        expect(stdout).toMatch(/✓ build/);
        expect(stdout).toMatch(/✗ test .*exit 4/);
        expect(stdout).toMatch(/Tests {2}1 failed, 1 passed/);
        expect(stdout).toMatch(/✗ s > bad\n\s+boom/);
        expect(stdout).not.toContain('s > good');
        expect(stdout).toMatch(/error src\/a\.c:7 it broke \(log line \d+\)/);
        expect(stdout).toMatch(/d\/deep\.txt +5 B/);
        expect(stdout).toMatch(/link +link/);
      },
      { script: rich },
    ));

  test('--json holds the same', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(JSON.parse((await repo.jci('show', '--json')).stdout)).toMatchObject({
          version: 1,
          live: false,
          subject: 'script',
          summary: { status: 'err', outcome: 'failed' },
          record: { version: 1, exitCode: 1 },
          steps: [
            { name: 'build', exitCode: 0, depth: 0 },
            { name: 'test', exitCode: 4, depth: 0 },
          ],
          tests: { totals: { passed: 1, failed: 1, skipped: 0 } },
          artefacts: expect.arrayContaining([{ path: 'd/deep.txt', size: 5, link: false }]) as unknown[],
        });
      },
      { script: rich },
    ));

  test('finds a run by id, prefix, revision, and revision:n', () =>
    withRepo(async (repo) => {
      const [newest, older] = await makeFakeRuns(repo, { count: 2, perCommit: 2, secondsApart: 100_000 });
      const shown = async (...words: string[]): Promise<string | undefined> =>
        (JSON.parse((await repo.jci('show', '--json', ...words)).stdout) as { runId?: string }).runId;
      expect(await shown()).toBe(newest?.runId);
      expect(await shown(older?.runId ?? '')).toBe(older?.runId);
      expect(await shown(older?.runId.slice(0, 6) ?? '')).toBe(older?.runId);
      expect(await shown('main')).toBe(newest?.runId);
      expect(await shown('main:1')).toBe(newest?.runId);
      expect(await shown('HEAD:2')).toBe(older?.runId);
      expect(await shown(':1')).toBe(newest?.runId);
      expect(await shown(':2')).toBe(older?.runId);
      expect(await repo.jci('show', ':3')).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/^git jci: HEAD \([0-9a-f]+\) has 2 runs: there is no number 3\nhint: git jci ls HEAD\n$/) });
    }));

  test('refuses an ambiguous prefix with 3 and says which runs it could be', () =>
    withRepo(async (repo) => {
      const runs = await makeFakeRuns(repo, { count: 2, perCommit: 2, secondsApart: 0 });
      const { exitCode, stdout, stderr } = await repo.jci('show', '1760000000');
      expect(exitCode).toBe(3);
      expect(stdout).toBe('');
      for (const { runId } of runs) expect(stderr).toContain(runId);
      expect(stderr).toContain('hint: give more digits');
      expect((await repo.jci('show', runs[0]?.runId ?? '')).exitCode).toBe(0);
    }));

  test('refuses an id that two commits have, and finds each by its commit', () =>
    withRepo(async (repo) => {
      const [run] = await makeFakeRuns(repo, { count: 1 });
      const other = await repo.commit({ b: 'b' });
      await repo.git('update-ref', `refs/jci-runs/${other}/${run?.runId}`, run?.result ?? '');
      const { exitCode, stderr } = await repo.jci('show', run?.runId ?? '');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('<commit>:1');
      expect((JSON.parse((await repo.jci('show', '--json', `${other}:1`)).stdout) as { commit: string }).commit).toBe(other);
    }));

  test('tells how many runs there are when asked for one too many', () =>
    withRepo(async (repo) => {
      await makeFakeRuns(repo, { count: 2, perCommit: 2 });
      const { exitCode, stderr } = await repo.jci('show', 'HEAD:3');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('has 2 runs: there is no number 3');
      expect((await repo.jci('show', 'HEAD:0')).exitCode).toBe(3);
    }));

  test('shows a run that is under way', () =>
    withRepo(
      async (repo) => {
        const live = repo.startJci('run');
        await live.untilOutput('started');
        expect((await repo.jci('show')).exitCode).toBe(0);
        expect(JSON.parse((await repo.jci('show', '--json')).stdout)).toMatchObject({ live: true, phase: 'running' });
        writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
        await live.exit();
        expect(JSON.parse((await repo.jci('show', '--json')).stdout)).toMatchObject({ live: false });
      },
      { script: 'echo started; until [ -e "$HOME/go" ]; do sleep 0.05; done' },
    ));
});
