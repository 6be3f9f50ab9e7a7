import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type LiveProcess, type Result, type TestRepo } from '../helpers/repo.ts';
import { jciCommand } from '../helpers/test-environment.ts';

const isRoot = process.getuid?.() === 0;
const [ada, bob, group] = [65_533, 65_534, 65_534];

/** `git jci` as a user of the group; as ourselves where we are not root. */
function startAs(repo: TestRepo, uid: number, ...args: string[]): LiveProcess {
  if (!isRoot) return repo.startJci(...args);
  return repo.start('setpriv', `--reuid=${uid}`, `--regid=${group}`, '--clear-groups', ...jciCommand(), ...args);
}

const runAs = (repo: TestRepo, uid: number, ...args: string[]): Promise<Result> => startAs(repo, uid, ...args).exit();

/** A folder that the next user may not look into: root's, as `sudo git jci run` leaves it. Whoever is not root closes it by its rights. */
async function close(repo: TestRepo, folder: string): Promise<void> {
  if (!isRoot) {
    chmodSync(folder, 0);
    return;
  }
  await repo.exec('chown', ['-R', `${bob}:${group}`, repo.root]);
  await repo.exec('chown', ['-R', '0:0', folder]);
  chmodSync(folder, 0o700);
}

describe('a folder of ours that belongs to another user', () => {
  const folders = ['.git/jci', '.git/jci/active'];

  test.each(folders)('%s: what is stored can be read, with one warning that says how to mend it', (name) =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        await close(repo, join(repo.path, name));
        for (const args of [['ls'], ['show'], ['logs'], ['log'], ['status'], ['cat', 'HEAD', 'x'], ['grep', 'ran'], ['tests']]) {
          const { exitCode, stderr } = await runAs(repo, bob, ...args);
          expect({ args, exitCode, warnings: stderr.match(/warning:/g)?.length }).toEqual({ args, exitCode: 0, warnings: 1 });
          expect(stderr).toMatch(/^warning: \S+\/jci\S* belongs to another user: runs in it are not seen\nhint: sudo chown -R \S+ \S+\/\.git\/jci\n/);
        }
        chmodSync(join(repo.path, name), 0o700);
      },
      { script: 'echo ran | tee x' },
    ),
  );

  test.each([...folders, '.git/jci/pipes'])('%s: a run is refused with 3 before anything is written', (name) =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        await close(repo, join(repo.path, name));
        const { exitCode, stdout, stderr } = await runAs(repo, bob, 'run');
        expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
        expect(stderr).toMatch(/git jci: \S+\/\.git\/jci belongs to another user: no run can be kept there\nhint: sudo chown -R \S+ \S+\/\.git\/jci\n$/);
        chmodSync(join(repo.path, name), 0o700);
        await repo.git('config', '--global', 'safe.directory', '*');
        expect(await repo.refs()).toHaveLength(1);
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
      },
      { script: 'echo ran' },
    ),
  );

  test.skipIf(!isRoot)('(needs root) pipes that it left are not taken', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        await repo.exec('chown', ['-R', `${bob}:${group}`, repo.root]);
        await repo.exec('bash', ['-c', 'chown 0:0 .git/jci/pipes/*']);
        expect(await runAs(repo, bob, 'run')).toMatchObject({ exitCode: 0, stdout: 'ran\n', stderr: expect.stringMatching(/^✓ passed/) as string });
      },
      { script: 'echo ran' },
    ));
});

describe('core.sharedRepository', () => {
  test.each([
    ['group', 0o2770, 0o660],
    ['all', 0o2775, 0o664],
    ['0640', 0o2750, 0o640],
  ])('%s: what we make in .git follows it', (value, folderMode, fileMode) =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'core.sharedRepository', value);
        const run = repo.startJci('run');
        await run.untilOutput('began');
        const root = join(repo.path, '.git/jci');
        const active = join(root, 'active', readdirSync(join(root, 'active'))[0] ?? '');
        const mode = (path: string): number => statSync(path).mode & 0o7777;
        for (const folder of [root, join(root, 'active'), active, join(active, 'steps'), join(root, 'pipes')]) expect([folder, mode(folder)]).toEqual([folder, folderMode]);
        for (const name of ['active.json', 'end.json', 'run.output.txt', 'life.pipe']) expect([name, mode(join(active, name))]).toEqual([name, fileMode]);
        expect(existsSync(join(active, 'secrets')) ? mode(join(active, 'secrets')) : 0o600).toBe(0o600);
        run.kill('SIGTERM');
        await run.exit();
      },
      { script: 'echo began; exec sleep 100' },
    ),
  );

  test('without it everything is private', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('began');
        expect(statSync(join(repo.path, '.git/jci')).mode & 0o7777).toBe(0o700);
        run.kill('SIGTERM');
        await run.exit();
      },
      { script: 'echo began; exec sleep 100' },
    ));

  test('group: one user sees the run of another while it lasts, runs beside it, and both are stored', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', '--global', 'safe.directory', '*');
        await repo.git('config', 'core.sharedRepository', 'group');
        await repo.git('worktree', 'add', '--quiet', '../bobs');
        if (isRoot) {
          await repo.exec('chgrp', ['-R', String(group), repo.root]);
          await repo.exec('chmod', ['-R', 'g+rwX', repo.root]);
          await repo.exec('find', [join(repo.path, '.git'), '-type', 'd', '-exec', 'chmod', 'g+s', '{}', '+']);
        }
        const run = startAs(repo.at('.', { XDG_CACHE_HOME: join(repo.root, 'tmp', 'ada') }), ada, 'run');
        await run.untilOutput('began');
        const bobs = repo.at('../bobs', { XDG_CACHE_HOME: join(repo.root, 'tmp', 'bob') });
        const seen = await runAs(bobs, bob, 'ls');
        expect(seen).toMatchObject({ exitCode: 0, stderr: '' });
        expect(seen.stdout).toMatch(/^● /);
        expect(await runAs(bobs, bob, 'run', '-q', '-e', 'QUICK=1')).toMatchObject({ exitCode: 0, stderr: '' });
        repo.write(join('.jci', await repo.git('rev-parse', 'HEAD'), 'go'), '');
        expect((await run.exit()).exitCode).toBe(0);
        expect(await repo.refs()).toHaveLength(2);
      },
      { script: 'echo began; until [ "$QUICK" ] || [ -e ../go ]; do sleep 0.05; done' },
    ));
});
