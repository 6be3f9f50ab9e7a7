import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const allowFile = ['-c', 'protocol.file.allow=always'];

/** A repository beside this one. */
async function library(repo: TestRepo, name: string, files: Record<string, string>): Promise<TestRepo> {
  await repo.git('init', '--quiet', `../${name}`);
  const made = repo.at(`../${name}`);
  await made.commit(files);
  return made;
}

async function addSubmodule(repo: TestRepo, lib: TestRepo, name: string): Promise<void> {
  await repo.git(...allowFile, 'submodule', '--quiet', 'add', lib.path, name);
  await repo.commit({});
}

describe('the submodules of a temporary worktree', () => {
  test('are filled in from the clones that are here, those inside them too', () =>
    withRepo(
      async (repo) => {
        const inner = await library(repo, 'inner', { 'inner.txt': 'inner' });
        const outer = await library(repo, 'outer', { 'outer.txt': 'outer' });
        // The same name at both levels.
        await addSubmodule(outer, inner, 'lib');
        await addSubmodule(repo, outer, 'lib');
        await repo.git(...allowFile, 'submodule', '--quiet', 'update', '--init', '--recursive');
        await repo.exec('rm', ['-rf', inner.path, outer.path]);
        const { stdout, stderr } = await repo.jci('run', '--clean');
        expect([stdout, stderr]).toEqual(['outerinner', expect.not.stringContaining('warning')]);
      },
      { script: 'cat $JCI_REPO_ROOT/lib/outer.txt $JCI_REPO_ROOT/lib/lib/inner.txt' },
    ));

  test('hold nothing of the run before', () =>
    withRepo(
      async (repo) => {
        const inner = await library(repo, 'inner', { 'inner.txt': 'x' });
        const outer = await library(repo, 'outer', { '.gitignore': 'build\n' });
        await addSubmodule(outer, inner, 'deep');
        await addSubmodule(repo, outer, 'lib');
        await repo.git(...allowFile, 'submodule', '--quiet', 'update', '--init', '--recursive');
        for (let run = 0; run < 2; run += 1) expect((await repo.jci('run', '--clean')).stdout).toBe('');
      },
      { script: 'cd $JCI_REPO_ROOT/lib; ls build left deep/left 2>/dev/null; mkdir build; touch left deep/left build/left; echo y >> .gitignore; true' },
    ));

  test("are nothing that the user's configuration hears of, and nothing that it has turned off", () =>
    withRepo(
      async (repo) => {
        const lib = await library(repo, 'lib', { 'lib.txt': 'x' });
        for (const name of ['kept', 'off']) await addSubmodule(repo, lib, name);
        await repo.git('submodule', '--quiet', 'deinit', '--all');
        await repo.git('config', 'submodule.off.active', 'false');
        const before = repo.read('.git/config');
        expect((await repo.jci('run', '--clean')).stdout).toBe('lib.txt\n');
        expect(repo.read('.git/config')).toBe(before);
      },
      { script: 'ls $JCI_REPO_ROOT/kept; ls $JCI_REPO_ROOT/off' },
    ));

  test('come from a path only where git itself may follow it', () =>
    withRepo(
      async (repo) => {
        const [mine, other] = [await library(repo, 'mine', { a: '1' }), await library(repo, 'other', { b: '1' })];
        await addSubmodule(repo, mine, 'mine');
        await addSubmodule(repo, other, 'other');
        await repo.exec('rm', ['-rf', join(repo.path, '.git/modules/other')]);
        await repo.git('config', '--global', 'protocol.file.allow', 'user');
        const { exitCode, stderr } = await repo.jci('run', '--clean');
        expect([exitCode, stderr]).toEqual([128, expect.stringContaining('the submodules could not be checked out')]);
        await repo.git('config', '--global', 'protocol.file.allow', 'always');
        expect((await repo.jci('run', '--clean')).stdout).toBe('a\nb\n');
      },
      { script: 'ls $JCI_REPO_ROOT/mine $JCI_REPO_ROOT/other | grep "^.$"' },
    ));
});

test('a changed submodule makes a run of the working tree dirty, also where .gitmodules has git ignore it', () =>
  withRepo(
    async (repo) => {
      await addSubmodule(repo, await library(repo, 'lib', { 'lib.txt': 'x' }), 'lib');
      await repo.git('config', '--file', '.gitmodules', 'submodule.lib.ignore', 'all');
      await repo.commit({});
      expect((await repo.jci('run')).stderr).not.toContain('the working tree has changes');
      repo.write('lib/lib.txt', 'changed');
      expect((await repo.jci('run')).stderr).toContain('the working tree has changes');
    },
    { script: 'true' },
  ));
