import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { sabotage } from '../helpers/saboteur.ts';
import { jciCommand } from '../helpers/test-environment.ts';

/** Root may do everything: what a user may not do is tested as nobody. */
const nobody = 65534;

/** `git jci` as a user who is not root. */
async function asUser(repo: TestRepo, ...args: string[]): Promise<Result> {
  if (process.getuid?.() !== 0) return repo.jci(...args);
  if (statSync(repo.path).uid !== nobody) await repo.exec('chown', ['-R', `${nobody}:${nobody}`, repo.root]);
  const ids = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  return repo.exec('setpriv', [...ids, ...jciCommand(), ...args]);
}

const notes = async (repo: TestRepo): Promise<string[]> =>
  (JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as { notes: string[] }).notes;

/** Files below a folder, however deep: `find` needs no long path. */
const filesBelow = async (repo: TestRepo, folder: string): Promise<string[]> =>
  (await repo.exec('find', [folder, '-type', 'f', '-printf', '%f\n'])).stdout.split('\n').filter(Boolean).sort();

describe('a path that is too long for the system', () => {
  const script = `
    echo near > near.txt
    name=$(printf 'd%.0s' $(seq 200))
    for i in $(seq 30); do mkdir $name; cd $name; done
    echo precious > far.txt`;

  test.each([[[]], [['--clean']]])('(run %s) is kept where the user finds it, and said in words', (flags) =>
    withRepo(
      async (repo) => {
        for (const time of [1, 2]) {
          const run = await repo.jci('run', ...flags);
          expect(run).toMatchObject({ exitCode: 0, stdout: '' });
          expect(run.stderr).toMatch(/left out, its path is too long for this system: 'd+\.\.\.d+/);
          const [, folder = 'not told'] = /^warning: what was left out is still in (.*)$/m.exec(run.stderr) ?? [];
          expect(folder.startsWith(join(repo.path, '.jci/'))).toBe(true);
          expect(await filesBelow(repo, folder)).toEqual(['far.txt']);
          expect((await repo.jci('cat', 'HEAD', 'near.txt')).stdout).toBe('near\n');
          expect((await notes(repo)).at(-1)).toContain(folder);
          expect((await repo.jci('logs')).stdout).toContain(`git jci: what was left out is still in ${folder}`);
          expect(await repo.refs()).toHaveLength(time);
        }
        expect(await repo.git('status', '--porcelain')).toBe('');
        installFakeCrontab(repo);
        expect((await repo.jci('doctor', '--fix')).stdout).toContain('removed 2');
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
      },
      { script },
    ),
  );
});

describe('what the user may not read', () => {
  test('is kept, and nothing else', () =>
    withRepo(
      async (repo) => {
        const run = await asUser(repo, 'run');
        expect(run.exitCode).toBe(0);
        expect(run.stderr).toContain("warning: left out, not readable: 'closed.txt', 'folder'");
        const [, folder = 'not told'] = /^warning: what was left out is still in (.*)$/m.exec(run.stderr) ?? [];
        expect(readdirSync(folder).sort()).toEqual(['closed.txt', 'folder']);
        expect((await asUser(repo, 'cat', 'HEAD', 'open.txt')).stdout).toBe('open\n');
      },
      { script: 'echo open > open.txt; echo x > closed.txt; mkdir folder; chmod 000 closed.txt folder' },
    ));
});

describe('folders that are read-only, such as a module cache', () => {
  test('in the output directory are removed with it', () =>
    withRepo(
      async (repo) => {
        const run = await asUser(repo, 'run');
        expect(run).toMatchObject({ exitCode: 0 });
        expect(run.stderr).not.toContain('warning');
        expect((await asUser(repo, 'cat', 'HEAD', 'cache/deep/mod.txt')).stdout).toBe('mod\n');
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
        expect((await asUser(repo, 'ls')).stderr).toBe('');
      },
      { script: 'mkdir -p cache/deep; echo mod > cache/deep/mod.txt; chmod -R a-w cache' },
    ));

  test('in a temporary worktree do not outlive the run', () =>
    withRepo(
      async (repo) => {
        for (const time of [1, 2]) {
          expect({ time, ...(await asUser(repo, 'run', '--clean')) }).toMatchObject({ time, exitCode: 0, stdout: 'fresh\n' });
        }
        expect((await repo.exec('find', [join(repo.root, 'cache'), '-path', '*worktrees/*/1', '-prune', '-print'])).stdout).toBe('');
      },
      { script: 'cd $JCI_REPO_ROOT; [ -e cache ] && echo stale || echo fresh; mkdir -p cache/deep; touch cache/deep/x; chmod -R a-w cache' },
    ));

  test('that nobody can remove are told of, hold up no later command, and no later run', () =>
    withRepo(
      async (repo) => {
        const harmed = sabotage(repo, { program: 'chmod', when: '*u+rwX*', before: 'exit 1' });
        const run = await asUser(harmed, 'run', '--clean');
        expect(run).toMatchObject({ exitCode: 0, stdout: 'fresh\n' });
        expect(run.stderr).toMatch(/^warning: \S+ could not be removed: EACCES/m);
        expect(await asUser(harmed, 'ls')).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await asUser(harmed, 'run', '--clean')).toMatchObject({ exitCode: 0, stdout: 'fresh\n' });
        expect(existsSync(join(repo.path, '.git/jci/active')) && readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
      },
      { script: 'cd $JCI_REPO_ROOT; [ -e cache ] && echo stale || echo fresh; cd $JCI_OUTPUT_DIR; mkdir cache; touch cache/x; chmod a-w cache' },
    ));
});
