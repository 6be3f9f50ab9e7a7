import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const hooks = ['post-commit', 'post-merge', 'pre-push'];

interface Listing {
  folder: string;
  hooksPath: string | null;
  hooks: { hook: string; state: string; path: string; manager: string | null }[];
}

async function states(repo: TestRepo): Promise<string[]> {
  const listing = JSON.parse((await repo.jci('hook', 'ls', '--json')).stdout) as Listing;
  return listing.hooks.map(({ state }) => state);
}

const hookPath = (repo: TestRepo, name: string): string => join(repo.path, '.git', 'hooks', name);

describe('git jci hook install', () => {
  test('writes all three, executable; a second time changes nothing; uninstall leaves no trace', () =>
    withRepo(async (repo) => {
      const { exitCode, stdout } = await repo.jci('hook', 'install');
      expect(exitCode).toBe(0);
      expect(stdout).toBe(hooks.map((name) => `${name}: installed (.git/hooks/${name})\n`).join(''));
      for (const name of hooks) expect(statSync(hookPath(repo, name)).mode & 0o111).not.toBe(0);
      expect(await states(repo)).toEqual(['installed', 'installed', 'installed']);
      expect((await repo.jci('hook', 'install')).stdout.match(/: unchanged /g)).toHaveLength(3);
      expect((await repo.jci('hook', 'uninstall')).stdout.match(/: removed /g)).toHaveLength(3);
      expect(hooks.filter((name) => existsSync(hookPath(repo, name)))).toEqual([]);
      expect(await states(repo)).toEqual(['absent', 'absent', 'absent']);
      expect((await repo.jci('hook', 'uninstall')).exitCode).toBe(0);
    }));

  test('only those that are named, from a subdirectory', () =>
    withRepo(async (repo) => {
      mkdirSync(join(repo.path, 'sub'));
      expect((await repo.at('sub').jci('hook', 'install', 'pre-push')).exitCode).toBe(0);
      expect(await states(repo)).toEqual(['absent', 'absent', 'installed']);
    }));

  test('makes a folder of hooks that is not there', () =>
    withRepo(async (repo) => {
      await repo.exec('rm', ['-rf', '.git/hooks']);
      expect((await repo.jci('hook', 'install')).exitCode).toBe(0);
      expect(await states(repo)).toEqual(['installed', 'installed', 'installed']);
    }));

  test('in a linked worktree they go where git looks for them: into the common directory', () =>
    withRepo(
      async (repo) => {
        await repo.git('worktree', 'add', '--quiet', '../linked');
        const linked = repo.at('../linked');
        expect((await linked.jci('hook', 'install')).exitCode).toBe(0);
        expect(existsSync(hookPath(repo, 'pre-push'))).toBe(true);
        expect(await states(repo)).toEqual(['installed', 'installed', 'installed']);
      },
      { script: 'true' },
    ));

  test('one that starts another git jci, or lost its bit, is outdated, and brought up to date', () =>
    withRepo(async (repo) => {
      await repo.jci('hook', 'install');
      const path = hookPath(repo, 'post-commit');
      const wanted = readFileSync(path, 'utf8');
      writeFileSync(path, wanted.replace(/^(if there |\texec )'.*'/gm, "$1'/old/node' '/old/it'\\''s/git-jci'"));
      chmodSync(hookPath(repo, 'post-merge'), 0o644);
      expect(await states(repo)).toEqual(['outdated', 'outdated', 'installed']);
      expect((await repo.jci('hook', 'install')).stdout.match(/upgraded/g)).toHaveLength(2);
      expect(readFileSync(path, 'utf8')).toBe(wanted);
      expect(await states(repo)).toEqual(['installed', 'installed', 'installed']);
    }));
});

describe('what is not ours', () => {
  test('is left alone to the byte, with advice; the others are installed all the same', () =>
    withRepo(async (repo) => {
      const theirs = '#!/bin/sh\r\necho théirs';
      repo.write('.git/hooks/pre-push', theirs, { executable: true });
      const { exitCode, stdout, stderr } = await repo.jci('hook', 'install');
      expect(exitCode).toBe(3);
      expect(stdout).toContain('pre-push: left alone (.git/hooks/pre-push)');
      expect(stderr).toContain('there is a hook that git jci did not write');
      expect(stderr).toContain('git jci hook run pre-push "$@"');
      expect(repo.read('.git/hooks/pre-push')).toBe(theirs);
      expect(await states(repo)).toEqual(['installed', 'installed', 'foreign']);
      const removal = await repo.jci('hook', 'uninstall');
      expect(removal.exitCode).toBe(0);
      expect(repo.read('.git/hooks/pre-push')).toBe(theirs);
    }));

  test('is left alone although it was ours before somebody changed it', () =>
    withRepo(async (repo) => {
      await repo.jci('hook', 'install', 'pre-push');
      const changed = `${repo.read('.git/hooks/pre-push')}echo mine\n`;
      repo.write('.git/hooks/pre-push', changed);
      const install = await repo.jci('hook', 'install', 'pre-push');
      expect(install.stdout).toContain('calls us already');
      const removal = await repo.jci('hook', 'uninstall');
      expect(removal.exitCode).toBe(3);
      expect(removal.stderr).toContain('take the call of git jci out of .git/hooks/pre-push yourself');
      expect(repo.read('.git/hooks/pre-push')).toBe(changed);
    }));

  test('a link is left alone, and so is what it leads to', () =>
    withRepo(async (repo) => {
      repo.write('tools/hook', '#!/bin/sh\n', { executable: true });
      mkdirSync(join(repo.path, '.git/hooks'));
      symlinkSync('../../tools/hook', hookPath(repo, 'post-commit'));
      symlinkSync('/nowhere', hookPath(repo, 'post-merge'));
      expect((await repo.jci('hook', 'install')).exitCode).toBe(3);
      expect(repo.read('tools/hook')).toBe('#!/bin/sh\n');
      expect(await states(repo)).toEqual(['foreign', 'foreign', 'installed']);
    }));
});

describe('core.hooksPath', () => {
  test('in the working tree: nothing is written, and the command in the advice makes a hook that calls us', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'core.hooksPath', 'my hooks');
        const { exitCode, stderr } = await repo.jci('hook', 'install', 'post-commit');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('part of the working tree, as core.hooksPath is my hooks');
        expect(existsSync(join(repo.path, 'my hooks'))).toBe(false);
        expect(existsSync(hookPath(repo, 'post-commit'))).toBe(false);
        const make = /printf .*/.exec(stderr)?.[0] ?? '';
        mkdirSync(join(repo.path, 'my hooks'));
        expect((await repo.exec('sh', ['-c', make])).exitCode).toBe(0);
        expect(await states(repo)).toEqual(['called', 'absent', 'absent']);
        expect((await repo.jci('hook', 'install', 'post-commit')).exitCode).toBe(0);
        const { stderr: said } = await repo.tryGit('commit', '--quiet', '--allow-empty', '-m', 'x');
        expect(said).toContain('started in the background');
      },
      { script: 'true' },
    ));

  test('outside: nothing is written there, since it serves other repositories', () =>
    withRepo(async (repo) => {
      const shared = join(repo.root, 'shared-hooks');
      mkdirSync(shared);
      await repo.git('config', '--global', 'core.hooksPath', '~/../shared-hooks');
      const { exitCode, stderr } = await repo.jci('hook', 'install');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('outside of this repository, as core.hooksPath is ~/../shared-hooks');
      expect((await repo.exec('ls', ['-A', shared])).stdout).toBe('');
    }));

  test('inside the git directory it is as good as the usual place', () =>
    withRepo(async (repo) => {
      await repo.git('config', 'core.hooksPath', join(repo.path, '.git', 'other'));
      expect((await repo.jci('hook', 'install')).exitCode).toBe(0);
      expect(existsSync(join(repo.path, '.git', 'other', 'pre-push'))).toBe(true);
    }));

  test('ours from before it was set are found where git looks now, and nowhere else', () =>
    withRepo(async (repo) => {
      await repo.jci('hook', 'install');
      await repo.git('config', 'core.hooksPath', '/dev/null');
      expect(await states(repo)).toEqual(['absent', 'absent', 'absent']);
      const { exitCode, stderr } = await repo.jci('hook', 'install', 'pre-push');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('hooks are turned off: core.hooksPath is /dev/null');
    }));

  test('husky is told which file of the user to change', () =>
    withRepo(async (repo) => {
      repo.write('.husky/_/pre-push', '#!/usr/bin/env sh\n. "${0%/*}/h"\n', { executable: true });
      await repo.git('config', 'core.hooksPath', '.husky/_');
      const { exitCode, stderr } = await repo.jci('hook', 'install', 'pre-push');
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/\(husky\)\n {2}add this line to \.husky\/pre-push:\n {4}git jci hook run pre-push "\$@"\n/);
      repo.write('.husky/pre-push', 'git jci hook run pre-push "$@"\n');
      expect(await states(repo)).toEqual(['absent', 'absent', 'called']);
    }));
});

describe('wrong calls', () => {
  test.each([['install', 'pre-commit'], ['uninstall', 'foo'], ['run', 'pre-commit'], ['run'], []])('git jci hook %s %s exits with 2', (...words) =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci('hook', ...words);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/\nhint: /);
    }));

  test.each(['install', 'uninstall', 'ls'])('git jci hook %s in a bare repository and outside of one exits with 128', (word) =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('hook', word);
        expect([exitCode, stderr]).toEqual([128, `git jci: 'git jci hook ${word}' needs a working tree, and ${repo.path} is a bare repository\nhint: run it in a clone\n`]);
        expect((await repo.at('..').jci('hook', word)).exitCode).toBe(128);
        expect(hooks.filter((name) => existsSync(join(repo.path, 'hooks', name)))).toEqual([]);
      },
      { bare: true },
    ));
});
