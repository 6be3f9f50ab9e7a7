import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo } from '../../helpers/repo.ts';

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

  test('shows the end of the log of a run that failed without a step or test to point at', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { stdout } = await repo.jci('show');
        const runId = /run (\S+)/.exec(stdout)?.[1] ?? '';
        const lines = ['line 14', 'line 15', 'line 16', 'line 17', 'line 18', 'line 19', 'line 20', 'red', 'error a.c:3: broken', '100%'];
        expect(stdout).toContain(`\nEnd of the log  git jci logs ${runId}\n${lines.map((line) => `  ${line}\n`).join('')}`);
        expect((JSON.parse((await repo.jci('show', '--json')).stdout) as { logTail: string[] }).logTail).toEqual(lines);
      },
      { script: "for i in $(seq 20); do echo line $i; done; printf '\\033[31mred\\033[0m\\n'; echo ::error file=a.c,line=3::broken; printf '50%%\\r100%%\\n'; echo; exit 1" },
    ));

  test('shows where the log is of a run that failed without a word, and no log of one that passed or has something better', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect((await repo.jci('show')).stdout).toMatch(/\nLog {2}git jci logs \d+-[0-9a-f]{4}\n/);
        await repo.commit({ '.jci/run.sh': 'echo fine' });
        await repo.jci('run', '-q');
        expect((await repo.jci('show')).stdout).not.toMatch(/log/i);
        await repo.commit({ '.jci/run.sh': 'git jci step bad -- false' });
        await repo.jci('run', '-q');
        expect((await repo.jci('show')).stdout).not.toMatch(/^(?:End of the )?log/im);
      },
      { script: 'exit 1' },
    ));

  test('shows how far a run under way has got', () =>
    withRepo(
      async (repo) => {
        const live = repo.startJci('run');
        await live.untilOutput('in lint');
        const { stdout } = await repo.jci('show');
        expect(stdout).toMatch(/^● running for \d/);
        expect(stdout).toMatch(/^ {2}commit {3}[0-9a-f]{12} script$/m);
        expect(stdout).toMatch(/^ {2}started {2}\d{4}-\d\d-\d\dT\S+ \(just now\)$/m);
        expect(stdout).toMatch(/\nSteps \(4\)\n {2}✓ unit +\d.*\n {2}✗ bad +\d\S* m?s {2}exit 3\n {2}· setup +\d.*\n {2}● lint +\d/);
        expect(stdout).toMatch(/\n {2}warning a\.c:3 odd /);
        expect(JSON.parse((await repo.jci('show', '--json')).stdout)).toMatchObject({
          live: true,
          subject: 'script',
          steps: [{ name: 'unit', running: false, exitCode: 0 }, { name: 'bad', exitCode: 3 }, { name: 'setup', running: false, firstLine: 8 }, { name: 'lint', running: true }],
        });
        expect((await repo.jci('ls')).stdout).toMatch(/^● +\S+ +\S+ +just now +\d[\d.]* m?s +main +script$/m);
        writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
        await live.exit();
      },
      {
        script:
          'git jci step unit -- true; git jci step bad -- sh -c "exit 3"; echo ::group::setup; echo ::warning file=a.c,line=3::odd; echo ::endgroup::; git jci step lint -- sh -c "echo in lint; until [ -e ~/go ]; do sleep 0.05; done"',
      },
    ));

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
