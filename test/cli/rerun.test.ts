import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

interface Record {
  runId: string;
  branch: string | null;
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

  test('belongs to the branch of the run it repeats, whatever HEAD is on', () =>
    withRepo(
      async (repo) => {
        await repo.git('checkout', '--quiet', '-b', 'topic');
        await repo.commit({ value: '1' });
        const first = JSON.parse((await repo.jci('run', '--json')).stdout) as Record;
        expect(first.branch).toBe('topic');
        await repo.git('checkout', '--quiet', 'main');
        expect((await rerun(repo, first.runId)).branch).toBe('topic');
        await repo.git('merge', '--quiet', '--ff-only', 'topic');
        await repo.git('branch', '--quiet', '-D', 'topic');
        const again = await rerun(repo, 'HEAD');
        expect(again.branch).toBe('topic');
        expect((await rerun(repo, again.runId)).branch).toBe('topic');
      },
      { script: 'test "$JCI_BRANCH" = topic' },
    ));

  test('of a run that knew no branch takes the current one if it holds the commit; what is no name of a branch counts for none', () =>
    withRepo(
      async (repo) => {
        const tree = await repo.git('rev-parse', 'HEAD^{tree}');
        for (const [index, trailer] of ['', 'Jci-Branch: --evil', 'Jci-Branch: a b'].entries()) {
          const result = await repo.git('commit-tree', '-m', 'CI results', '-m', `Jci-Status: ok\n${trailer}`, tree);
          await repo.git('update-ref', `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/160000000${index}-abcd`, result);
          expect((await rerun(repo, `160000000${index}-abcd`)).branch).toBe('main');
        }
      },
      { script: 'true' },
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
