import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

interface Record {
  runId: string;
  rerunOf?: string;
  commit: string;
  clean: boolean;
  dirty: boolean;
}

const rerun = async (repo: TestRepo, ...words: string[]): Promise<Record> =>
  JSON.parse((await repo.jci('rerun', '--json', ...words)).stdout) as Record;

describe('git jci rerun', () => {
  test('runs the same commit again and records which run it repeats', () =>
    withRepo(
      async (repo) => {
        const commit = await repo.git('rev-parse', 'HEAD');
        const first = JSON.parse((await repo.jci('run', '--json')).stdout) as Record;
        await repo.commit({ later: 'x' });
        repo.write('untracked', 'x');
        const second = await rerun(repo, first.runId);
        expect(second).toMatchObject({ rerunOf: first.runId, commit, clean: true, dirty: false });
        expect(first.rerunOf).toBeUndefined();
        expect(await repo.refs()).toHaveLength(2);
        expect((await repo.jci('show', second.runId)).stdout).toMatch(new RegExp(`rerun of +${first.runId}`));
        expect((await repo.jci('cat', second.runId, 'seen')).stdout).toBe('run.sh\n');
      },
      { script: 'ls "$JCI_REPO_ROOT/.jci" | grep run.sh > seen; [ ! -e "$JCI_REPO_ROOT/later" ]' },
    ));

  test("exits with the new run's code, and takes settings of its own", () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        const { exitCode, stdout } = await repo.jci('rerun', '--env', 'FAIL=7');
        expect(exitCode).toBe(1);
        expect(stdout).toContain('running\n');
      },
      { script: 'echo running; exit ${FAIL:-0}' },
    ));

  test('without a run to repeat is refused with 3, and nothing runs', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('rerun');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('has no runs');
        expect((await repo.jci('rerun', 'nowhere')).exitCode).toBe(3);
        expect((await repo.jci('rerun', '--clean')).exitCode).toBe(2);
        expect(await repo.refs()).toEqual([]);
      },
      { script: 'true' },
    ));

  test('of a run whose commit is gone is refused in words', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        await repo.git('update-ref', `refs/jci-runs/${'5'.repeat(40)}/1600000000-abcd`, ref);
        const { exitCode, stderr } = await repo.jci('rerun', '1600000000-abcd');
        expect(exitCode).toBe(3);
        expect(stderr).toMatch(/^git jci: [^\n]+\n(?:hint: [^\n]+\n)?$/);
      },
      { script: 'true' },
    ));
});
