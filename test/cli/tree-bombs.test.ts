import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { makeTree, makeTreeBomb } from '../helpers/tree-bomb.ts';

const runId = '4000000000-abcd';

/** A second run of HEAD, newer than the first, with one more folder. */
async function addRun(repo: TestRepo, folder: string, tree: string): Promise<void> {
  const [ref = ''] = await repo.refs();
  const root = await makeTree(repo, [...(await repo.git('ls-tree', ref)).split('\n'), `040000 tree ${tree}\t${folder}`]);
  const message = (await repo.git('log', '-1', '--format=%B', ref)).replace(/\(run .*\)/, `(run ${runId})`);
  const result = (await repo.exec('git', ['commit-tree', root], `${message}\n`)).stdout.trim();
  await repo.git('update-ref', `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/${runId}`, result);
}

const withBomb = (body: (repo: TestRepo) => Promise<void>, names?: readonly string[]): Promise<void> =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const blob = await repo.git('rev-parse', `${(await repo.refs())[0] ?? ''}:sub/file`);
      await addRun(repo, 'bomb', await makeTreeBomb(repo, `100644 blob ${blob}\tx`, names));
      // Git looks up the size of each file, however often it is the same.
      await repo.git('repack', '-adq');
      await body(repo);
    },
    { script: 'echo said; mkdir sub; echo kept > sub/file; echo "# Account" > summary.md' },
  );

describe('a result with more files than there are atoms', () => {
  test('is shown without them', () =>
    withBomb(async (repo) => {
      const { exitCode, stdout } = await repo.jci('show', runId);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^✓ passed/);
      expect(stdout).toContain('# Account');
      expect(stdout).toMatch(/Artefacts {2}more than 200000 files, which are not listed/);
      const shown: unknown = JSON.parse((await repo.jci('show', '--json', runId)).stdout);
      expect(shown).toMatchObject({ artefacts: null, whyNoArtefacts: 'more than 200000 files', account: { markdown: '# Account\n' } });
    }));

  test.each([
    ['get', '-o', 'out', runId],
    ['diff', 'HEAD:2', runId],
  ])('is refused where all of them are needed: %s %s %s', (...command) =>
    withBomb(async (repo) => {
      const { exitCode, stdout, stderr } = await repo.jci(...command);
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
      expect(stderr).toMatch(/^git jci: the result of run \S+ has more than 200000 files: [^\n]+\nhint: [^\n]+\n$/);
      expect(existsSync(join(repo.path, 'out'))).toBe(false);
    }));

  test('gives a file by its path, and its log', () =>
    withBomb(async (repo) => {
      for (const path of ['sub/file', `bomb/${[...'abcdefghij'].join('/')}/x`]) expect((await repo.jci('cat', runId, path)).stdout).toBe('kept\n');
      for (const path of ['bomb', 'bomb/a', 'bomb/a/x']) expect((await repo.jci('cat', runId, path)).stderr).toContain('has no artefact');
      expect((await repo.jci('logs', runId)).stdout).toContain('\nsaid\n');
    }));

  test('is listed, searched and checked like any other', () =>
    withBomb(async (repo) => {
      for (const command of [['ls'], ['ls', '--json'], ['log'], ['status'], ['tests', runId], ['grep', 'said']]) {
        expect([command, (await repo.jci(...command)).exitCode]).toEqual([command, 0]);
      }
      expect((await repo.jci('verify', runId)).stdout).not.toContain('file');
      expect((await repo.jci('show', 'HEAD:2')).stdout).toContain('sub/file');
    }));

  test('whose names are what is too much', () =>
    withBomb(
      async (repo) => {
        expect((await repo.jci('show', runId)).stdout).toContain('more than 64 MiB of file names');
        expect((await repo.jci('get', runId)).exitCode).toBe(3);
        expect((await repo.jci('cat', runId, 'sub/file')).stdout).toBe('kept\n');
      },
      [...'abcdefghij'].map((letter) => letter.repeat(2000)),
    ));
});

test('a hundred thousand files are listed', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const blob = await repo.git('rev-parse', `${(await repo.refs())[0] ?? ''}:run.output.txt`);
      const thousand = (entry: string, count = 1000): string[] => Array.from({ length: count }, (_, at) => `${entry}\t${at}`);
      const files = await makeTree(repo, thousand(`100644 blob ${blob}`));
      await addRun(repo, 'many', await makeTree(repo, thousand(`040000 tree ${files}`, 100)));
      expect((await repo.jci('show', runId)).stdout).toMatch(/Artefacts \(100001, /);
    },
    { script: 'true' },
  ));
