import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { useSshKey } from '../../helpers/signing-key.ts';

const code = async (repo: TestRepo, ...words: string[]): Promise<number | null> => (await repo.jci('status', ...words)).exitCode;

describe('git jci status', () => {
  test('exits 0 when it passed, 1 when it failed, 3 when there is no result', () =>
    withRepo(
      async (repo) => {
        expect(await code(repo)).toBe(3);
        await repo.jci('run', '-q');
        expect(await code(repo)).toBe(0);
        await repo.commit({ fail: '' });
        expect(await code(repo)).toBe(3);
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('status');
        expect(exitCode).toBe(1);
        expect(stdout).toMatch(/^✗ [0-9a-f]{12} failed in run \d+-[0-9a-f]{4}\n$/);
        expect(await code(repo, 'HEAD~1')).toBe(0);
      },
      { script: '[ ! -e "$JCI_REPO_ROOT/fail" ]' },
    ));

  test('says how to get a verdict on the commit that was asked about', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ a: '' });
        expect((await repo.jci('status')).stdout).toMatch(/ has no verdict; get one with: git jci run\n$/);
        expect((await repo.jci('status', 'HEAD~1')).stdout).toMatch(/ has no verdict; get one with: git jci run HEAD~1\n$/);
      },
      { script: 'true' },
    ));

  test('finds the verdict behind many newer runs of other commits, the first time and from what it kept', () =>
    withRepo(
      async (repo) => {
        await makeFakeRuns(repo, { count: 600, perCommit: 600, commits: 'gone', newest: Math.floor(Date.now() / 1000) + 100_000 });
        expect(await code(repo)).toBe(3);
        await repo.jci('run', '-q');
        expect([await code(repo), await code(repo)]).toEqual([0, 0]);
        await repo.git('commit', '--quiet', '--allow-empty', '-m', 'the same tree');
        expect(await code(repo)).toBe(0);
        await repo.commit({ a: '' });
        expect(await code(repo)).toBe(3);
      },
      { script: 'true' },
    ));

  test('names the run of the commit itself, behind many newer ones and a newer one of the same tree', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [own = ''] = await repo.refs();
        const [commit = '', runId = ''] = own.split('/').slice(2);
        const newest = Math.floor(Date.now() / 1000) + 100_000;
        await makeFakeRuns(repo, { count: 60, perCommit: 60, commits: 'gone', newest });
        const other = await repo.git('commit-tree', '-m', 'the same tree', 'HEAD^{tree}');
        const message = (await repo.git('log', '-1', '--format=%B', own)).replaceAll(commit.slice(0, 12), other.slice(0, 12)).replaceAll(runId, `${newest + 1}-0000`);
        await repo.git('update-ref', `refs/jci-runs/${other}/${newest + 1}-0000`, await repo.git('commit-tree', '-m', message, `${own}^{tree}`));
        expect((await repo.jci('status', '--porcelain', other)).stdout).toBe(`passed ${newest + 1}-0000\n`);
        expect((await repo.jci('status', '--porcelain', commit)).stdout).toBe(`passed ${runId}\n`);
      },
      { script: 'true' },
    ));

  test('exits 4 while it runs, unless there is a verdict already', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const live = repo.startJci('run');
        await live.untilOutput('started');
        expect(await code(repo)).toBe(4);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe('running\n');
        writeFileSync(join(home, 'go'), '');
        await live.exit();
        expect(await code(repo)).toBe(0);
      },
      { script: 'echo started; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('goes by tree and script, not by commit', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const before = await repo.git('rev-parse', '--short=12', 'HEAD');
        await repo.git('commit', '--quiet', '--amend', '-m', 'other words');
        const { exitCode, stdout } = await repo.jci('status');
        expect(exitCode).toBe(0);
        expect(stdout).toContain(`as ${before}, which has the same tree`);
        await repo.commit({ '.jci/run.sh': 'true # another' });
        expect(await code(repo)).toBe(3);
      },
      { script: 'true' },
    ));

  test('a cancelled run says nothing about the commit', () =>
    withRepo(
      async (repo) => {
        const live = repo.startJci('run');
        await live.untilOutput('started');
        await repo.jci('cancel');
        await live.exit();
        expect(await repo.refs()).toHaveLength(1);
        expect(await code(repo)).toBe(3);
      },
      { script: 'echo started; sleep 100' },
    ));

  test('the newest result decides', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.at('.', { FAIL: '1' }).jci('run', '-q');
        const name = (id: string): string => `refs/jci-runs/${head}/${id}`;
        const head = await repo.git('rev-parse', 'HEAD');
        const refs = await repo.refs();
        const results = await Promise.all(refs.map((ref) => repo.git('rev-parse', ref)));
        const verdicts = await Promise.all(refs.map((ref) => repo.git('cat-file', 'blob', `${ref}:status.txt`)));
        const [passed = '', failed = ''] = verdicts[0] === 'ok' ? results : results.reverse();
        for (const ref of refs) await repo.git('update-ref', '-d', ref);
        const put = async (id: string, result: string): Promise<void> => {
          const message = (await repo.git('log', '-1', '--format=%B', result)).replace(/\d+-[0-9a-f]{4}/, id);
          await repo.git('update-ref', name(id), await repo.git('commit-tree', '-m', message, `${result}^{tree}`));
        };
        await put('1600000001-0000', failed);
        await put('1600000002-0000', passed);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe('passed 1600000002-0000\n');
        await put('1600000003-0000', failed);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe('failed 1600000003-0000\n');
      },
      { script: 'exit ${FAIL:-0}' },
    ));

  test('--porcelain prints a word and the run; --json the same with ids', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('status', '--porcelain')).stdout).toBe('none\n');
        await repo.jci('run', '-q');
        const id = (await repo.refs())[0]?.split('/').at(-1);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe(`passed ${id}\n`);
        expect(JSON.parse((await repo.jci('status', '--json')).stdout)).toMatchObject({
          version: 1,
          verdict: 'passed',
          commit: await repo.git('rev-parse', 'HEAD'),
          tree: await repo.git('rev-parse', 'HEAD^{tree}'),
          run: { runId: id },
        });
      },
      { script: 'true' },
    ));

  test('--prompt prints one symbol, and nothing at all outside a repository or before the first commit', () =>
    withRepo(async (repo) => {
      expect(await repo.jci('status', '--prompt')).toMatchObject({ stdout: '', stderr: '' });
      await repo.commit({ '.jci/run.sh': 'true' });
      await repo.jci('run', '-q');
      expect(await repo.jci('status', '--prompt')).toMatchObject({ exitCode: 0, stdout: '✓\n', stderr: '' });
      const outside = join(repo.root, 'outside');
      mkdirSync(outside);
      expect(await repo.at(outside).jci('status', '--prompt')).toMatchObject({ exitCode: 128, stdout: '', stderr: '' });
      const plain = await repo.at(outside).jci('status');
      expect(plain.exitCode).toBe(128);
      expect(plain.stderr).toContain('not a git repository');
    }));

  test('jci.trust=own counts only results made in this clone, whatever address others are committed under', () =>
    withRepo(
      async (repo) => {
        await repo.git('clone', '--quiet', '.', '../clone');
        const clone = repo.at('../clone');
        await clone.git('config', 'jci.trust', 'own');
        await repo.jci('run', '-q');
        await clone.jci('pull');
        expect(await clone.refs()).toHaveLength(1);
        expect(await code(clone)).toBe(3);
        expect((await clone.jci('run', '-q', '--if-needed')).exitCode).toBe(0);
        expect([(await clone.refs()).length, await code(clone)]).toEqual([2, 0]);
      },
      { script: 'true' },
    ));

  test('jci.trust=own: a result of a linked worktree is one of this clone; without .git/jci there is none', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.trust', 'own');
        await repo.git('worktree', 'add', '--quiet', '../linked');
        await repo.at('../linked').jci('run', '-q');
        expect(await code(repo)).toBe(0);
        await repo.exec('rm', ['-rf', '.git/jci']);
        expect(await code(repo)).toBe(3);
        await repo.jci('run', '-q');
        expect(await code(repo)).toBe(0);
      },
      { script: 'true' },
    ));

  test('a result that cannot be noted as one of this clone is stored all the same, with words', () =>
    withRepo(
      async (repo) => {
        repo.write('.git/jci/own-results/in-the-way', '');
        expect(await repo.jci('run')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('does not count under jci.trust=own') as string });
        expect(await code(repo)).toBe(0);
      },
      { script: 'true' },
    ));

  test('jci.trust=signed counts only results with a good signature', () =>
    withRepo(
      async (repo) => {
        await useSshKey(repo);
        await repo.git('config', 'jci.trust', 'signed');
        await repo.jci('run', '-q');
        expect(await code(repo)).toBe(3);
        expect((await repo.jci('run', '-q', '--sign')).exitCode).toBe(0);
        expect(await code(repo)).toBe(0);
        await repo.git('config', 'log.showSignature', 'true');
        expect(await code(repo)).toBe(0);
        writeFileSync(join(repo.root, 'allowed'), '');
        expect(await code(repo)).toBe(3);
      },
      { script: 'true' },
    ));

  test.each(['any', 'own', 'signed'])('jci.trust=%s: a result under the name of another run does not count', (trust) =>
    withRepo(
      async (repo) => {
        await useSshKey(repo);
        await repo.git('config', 'jci.trust', trust);
        await repo.jci('run', '-q', '--sign');
        const [passed = ''] = await repo.refs();
        expect((await repo.at('.', { FAIL: '1' }).jci('run', '-q', '--sign')).exitCode).toBe(1);
        const [runId = ''] = passed.split('/').slice(-1);
        const newer = passed.replace(runId, `${Number(runId.slice(0, -5)) + 100}-0000`);
        await repo.git('update-ref', newer, passed);
        expect(await code(repo)).toBe(1);
        const { commits } = JSON.parse((await repo.jci('log', '--json', '-n', '1')).stdout) as { commits: unknown[] };
        expect(commits).toMatchObject([{ verdict: 'failed' }]);
      },
      { script: 'exit ${FAIL:-0}' },
    ),
  );

  test.each(['\u001f', '\u0001', '\u0002', '\n', ' '])('jci.trust=signed: a committer with %j in the name is no signature', (mark) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const words = ['A <a@x', 'G', 'Boss', 'DEADBEEF'].join(mark);
        const commit = (await repo.git('cat-file', 'commit', ref)).replace(/^committer .*? <.*?>/m, () => `committer ${words}>`);
        const made = await repo.exec('git', ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], `${commit}\n`);
        await repo.git('update-ref', ref, made.stdout.trim());
        expect(await repo.git('log', '-1', '--format=%G?', ref)).toBe('N');
        await repo.git('config', 'jci.trust', 'signed');
        expect(await code(repo)).toBe(3);
        const verified = await repo.jci('verify', '--signed');
        expect(verified.exitCode).toBe(1);
        expect(verified.stdout).toContain('it is not signed');
      },
      { script: 'true' },
    ),
  );

  test('refuses a bad value of jci.trust with 2 and an unknown revision with 3', () =>
    withRepo(
      async (repo) => {
        expect(await code(repo, 'nowhere')).toBe(3);
        await repo.git('config', 'jci.trust', 'everybody');
        const { exitCode, stderr } = await repo.jci('status');
        expect(exitCode).toBe(2);
        expect(stderr).toContain("jci.trust: 'everybody'");
      },
      { script: 'true' },
    ));
});

test('of runs that follow each other within a second, the last one is the verdict', () =>
  withRepo(
    async (repo) => {
      for (const verdict of [1, 0, 1, 0, 1]) {
        repo.write('../home/verdict', String(verdict));
        expect((await repo.jci('run', '-q')).exitCode).toBe(verdict);
        expect(await code(repo)).toBe(verdict);
      }
    },
    { script: 'exit $(cat ~/verdict)' },
  ));
