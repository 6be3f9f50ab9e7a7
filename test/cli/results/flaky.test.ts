import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

/** Its test `moody` fails in every second run, whatever the tree. */
const script = `
n=$(($(cat ~/count 2>/dev/null || echo 0) + 1)); echo $n > ~/count
[ $((n % 2)) = 0 ] && bad='<failure message="no"/>'
echo "<testsuite name='s'><testcase name='steady'/><testcase name='moody'>$bad</testcase></testsuite>" > junit.xml
[ -z "$bad" ]`;

interface Flaky {
  version: number;
  flaky: { suite: string; name: string; passed: number; failed: number; evidence: { tree: string; results: { runId: string; status: string }[] }[] }[];
}

const flaky = async (repo: TestRepo, ...words: string[]): Promise<Flaky['flaky']> =>
  (JSON.parse((await repo.jci('flaky', '--json', ...words)).stdout) as Flaky).flaky;

describe('git jci flaky', () => {
  test("the help's way to get one more sample works when that fails, which is when it is of use", () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        const example = /^ +(git jci rerun.*)$/m.exec((await repo.jci('flaky', '-h')).stdout)?.[1] ?? 'no example';
        expect(await repo.exec('sh', ['-c', example])).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('s > moody  1 failed, 1 passed') });
      },
      { script },
    ));

  test('names the test that passed and failed in the same tree, with its runs as evidence, and exits 1', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        expect((await repo.jci('run', '-q')).exitCode).toBe(1);
        const { exitCode, stdout } = await repo.jci('flaky');
        expect(exitCode).toBe(1);
        expect(stdout).toContain('s > moody  1 failed, 1 passed');
        expect(stdout).not.toContain('steady');
        const ids = (await repo.refs()).map((ref) => ref.split('/').at(-1) ?? '');
        for (const id of ids) expect(stdout).toContain(id);
        const [test] = await flaky(repo);
        expect(test).toMatchObject({ suite: 's', name: 'moody', passed: 1, failed: 1 });
        expect(test?.evidence[0]?.tree).toBe(await repo.git('rev-parse', 'HEAD^{tree}'));
        expect(test?.evidence[0]?.results.map(({ runId }) => runId).sort()).toEqual(ids.sort());
      },
      { script },
    ));

  test('a change of the tree is no evidence, a reworded commit is', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.commit({ a: 'a' });
        await repo.jci('run', '-q');
        expect(await repo.jci('flaky')).toMatchObject({ exitCode: 0, stdout: '' });
        await repo.git('commit', '--quiet', '--amend', '-m', 'other words');
        await repo.jci('run', '-q');
        expect(await flaky(repo)).toMatchObject([{ name: 'moody' }]);
      },
      { script },
    ));

  test('a dirty run is no evidence', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        repo.write('untracked', 'x');
        await repo.jci('run', '-q');
        expect(await flaky(repo)).toEqual([]);
      },
      { script },
    ));

  test('without runs it is content; --limit must be a number', () =>
    withRepo(
      async (repo) => {
        expect(await repo.jci('flaky')).toMatchObject({ exitCode: 0, stdout: '' });
        await repo.jci('run', '-q');
        await repo.jci('run', '-q');
        expect(await flaky(repo, '--limit', '1')).toEqual([]);
        expect(await flaky(repo, '--limit', '0')).toHaveLength(1);
        expect((await repo.jci('flaky', '--limit', 'all')).exitCode).toBe(2);
      },
      { script },
    ));
});
