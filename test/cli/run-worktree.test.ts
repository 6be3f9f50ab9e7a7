import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { sabotage } from '../helpers/saboteur.ts';

describe('git jci run --clean', () => {
  test('runs exactly the commit, outside the working tree and the repository', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ 'value.txt': 'committed' });
        repo.write('value.txt', 'changed');
        repo.write('untracked.txt', 'x');
        const { stdout, exitCode } = await repo.jci('run', '--clean');
        expect(exitCode).toBe(0);
        const [value, root = '', untracked] = stdout.trim().split('\n');
        expect(value).toBe('committed');
        expect(untracked).toBe('no');
        expect(root.startsWith(repo.path)).toBe(false);
        expect(repo.read('value.txt')).toBe('changed');
        expect((await repo.jci('status')).exitCode).toBe(0);
      },
      { script: 'cd $JCI_REPO_ROOT; cat value.txt; echo; pwd; [ -e untracked.txt ] && echo yes || echo no' },
    ));

  test('resets the worktree between runs, ignored files and all', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitignore': 'build/\n' });
        expect((await repo.jci('run', '--clean')).stdout.trim()).toBe('fresh');
        expect((await repo.jci('run', '--clean')).stdout.trim()).toBe('fresh');
        expect((await repo.git('worktree', 'list')).split('\n')).toHaveLength(2);
      },
      { script: 'cd $JCI_REPO_ROOT; [ -e build ] && echo stale || echo fresh; mkdir -p build; echo x > build/x; echo y >> .gitignore' },
    ));

  test("leaves the user's own worktrees known to git where their disk is not there", () =>
    withRepo(
      async (repo) => {
        await repo.git('worktree', 'add', '--quiet', '--detach', '../own');
        await repo.exec('mv', ['../own', '../unmounted']);
        await repo.jci('run', '--clean');
        const [, temporary = ''] = /^worktree (.*worktrees.*)$/m.exec(await repo.git('worktree', 'list', '--porcelain')) ?? [];
        // What git itself can no longer remove.
        rmSync(join(temporary, '.git'));
        expect((await repo.jci('run', '--clean')).exitCode).toBe(0);
        await repo.exec('mv', ['../unmounted', '../own']);
        expect(await repo.at('../own').git('status', '--porcelain')).toBe('');
        expect(readdirSync(join(repo.path, '.git/worktrees'))).toHaveLength(2);
      },
      { script: 'true' },
    ));

  test('runs no hook of the user', () =>
    withRepo(
      async (repo) => {
        repo.write('.git/hooks/post-checkout', '#!/bin/sh\ntouch "$HOME/hook-ran"\n', { executable: true });
        await repo.jci('run', '--clean');
        await repo.commit({ a: '1' });
        await repo.jci('run', '--clean');
        expect(existsSync(join(repo.env['HOME'] ?? '', 'hook-ran'))).toBe(false);
      },
      { script: 'true' },
    ));

  test('shares the paths that jci.share names, and says so', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitignore': 'node_modules\n', '.jci/config': '[jci]\n\tshare = node_modules\n\tshare = missing\n' });
        repo.write('node_modules/dep/index.js', 'dep');
        const { stdout } = await repo.jci('run', '--clean');
        expect(stdout).toBe('dep');
        const record = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as { shared: { path: string }[] };
        expect(record.shared.map(({ path }) => path)).toEqual(['node_modules']);
        expect(repo.read('node_modules/dep/index.js')).toBe('dep');
      },
      { script: 'cat $JCI_REPO_ROOT/node_modules/dep/index.js' },
    ));

  test('fills in submodules from the clone that is here', () =>
    withRepo(
      async (repo) => {
        await repo.git('init', '-q', '../lib');
        const lib = repo.at('../lib');
        await lib.commit({ 'lib.txt': 'from the submodule' });
        await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.path, 'lib');
        await repo.commit({});
        await repo.exec('rm', ['-rf', lib.path]);
        const { stdout, exitCode } = await repo.jci('run', '--clean');
        expect(exitCode).toBe(0);
        expect(stdout).toContain('from the submodule');
      },
      { script: 'cat $JCI_REPO_ROOT/lib/lib.txt' },
    ));

  test('links what cannot be cloned, and asks no copier about each of many files', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitignore': 'node_modules\n', '.jci/config': '[jci]\n\tshare = node_modules\n' });
        for (const name of ['a', 'b', 'c']) repo.write(`node_modules/deep/${name}`, name);
        const watched = sabotage(repo, { program: 'cp', when: '*', before: 'touch ~/copier' });
        expect((await watched.jci('run', '--clean')).stdout).toBe('a\nb\nc\n');
        const { shared } = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as { shared: { how: string }[] };
        // It depends on the file system that the tests run on.
        expect(shared).toEqual([{ path: 'node_modules', how: existsSync(join(repo.env['HOME'] ?? '', 'copier')) ? 'copy' : 'link' }]);
      },
      { script: 'ls $JCI_REPO_ROOT/node_modules/deep' },
    ));

  test('is broken, in words, when a submodule cannot be had', () =>
    withRepo(
      async (repo) => {
        await repo.git('init', '-q', '../lib');
        const lib = repo.at('../lib');
        await lib.commit({ 'lib.txt': 'x' });
        await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.path, 'lib');
        await repo.commit({});
        await repo.exec('rm', ['-rf', lib.path, join(repo.path, '.git/modules')]);
        const { exitCode, stderr } = await repo.jci('run', '--clean');
        expect(exitCode).toBe(128);
        expect(stderr).toContain('the submodules could not be checked out');
      },
      { script: 'true' },
    ));

  test('bisects to the commit that broke it', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ 'value.txt': 'good' });
        const good = await repo.git('rev-parse', 'HEAD');
        await repo.commit({ n: '1' });
        await repo.commit({ n: '2' });
        const bad = await repo.commit({ 'value.txt': 'bad' }, 'the bug');
        await repo.commit({ n: '3' });
        await repo.commit({ n: '4' });
        await repo.git('bisect', 'start', 'HEAD', good);
        const { stdout } = await repo.exec('git', ['bisect', 'run', 'git', 'jci', 'run', '--clean', '--quiet']);
        // Newer versions of git quote the word.
        expect(stdout.replaceAll("'", '')).toContain(`${bad} is the first bad commit`);
      },
      { script: 'grep -q good $JCI_REPO_ROOT/value.txt' },
    ));
});

describe('git jci run --if-needed', () => {
  test('skips trees that have passed, also under another commit', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ value: '1' });
        await repo.jci('run', 'HEAD~1..HEAD');
        await repo.git('commit', '--quiet', '--amend', '--message', 'reworded');
        const { stdout, stderr, exitCode } = await repo.jci('run', '--if-needed');
        expect(exitCode).toBe(0);
        expect(stdout).toBe('');
        expect(stderr).toContain('passed already');
        expect((await repo.jci('status')).exitCode).toBe(0);
        expect(await repo.refs()).toHaveLength(1);
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
      },
      { script: 'true' },
    ));
});
