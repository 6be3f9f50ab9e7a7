import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { jciCommand } from '../helpers/test-environment.ts';

const isRoot = process.getuid?.() === 0;

/** Every way in which there is nowhere to keep anything, as what it adds to the environment. */
const places: readonly (readonly [string, (repo: TestRepo) => Record<string, string>])[] = [
  ['XDG_CACHE_HOME=/dev/null', () => ({ XDG_CACHE_HOME: '/dev/null' })],
  ['HOME=/dev/null', () => ({ XDG_CACHE_HOME: '', HOME: '/dev/null' })],
  [
    '~/.cache is a dangling link',
    (repo) => {
      symlinkSync(join(repo.root, 'nowhere', 'cache'), join(repo.root, 'home', '.cache'));
      return { XDG_CACHE_HOME: '' };
    },
  ],
  [
    'a file in the cache folder',
    (repo) => {
      for (const name of ['slots', 'worktrees', 'locks']) repo.write(join(repo.root, 'cache', 'git-jci', name), '');
      return {};
    },
  ],
];

const expectTold = ({ exitCode, stdout, stderr }: Result): void => {
  expect([exitCode, stdout]).toEqual([0, 'ran\n']);
  expect(stderr.match(/warning: .*/g)).toEqual([expect.stringMatching(/^warning: runs on this machine are not counted \(jci\.concurrency\): \w/)]);
};

test.each(places)('%s: a run in the working tree goes on, a temporary worktree is refused in words', (_, spoil) =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      const spoilt = repo.at('.', spoil(repo));
      expectTold(await spoilt.jci('run'));
      const clean = await spoilt.jci('run', '--clean');
      expect(clean.exitCode).toBe(128);
      expect(clean.stderr).toMatch(/no temporary worktree can be kept in the cache folder: \w+: .*/);
      expect(clean.stderr).toContain('set XDG_CACHE_HOME to a folder that you may write to');
      expect((await spoilt.jci('ls')).stderr).toBe('');
      expect((await spoilt.jci('doctor', '--offline')).stderr).toBe('');
      spoilt.write('.jci/crontab', '@daily name:a\n');
      const cron = await spoilt.jci('cron', 'sync');
      expect(cron.exitCode).toBe(128);
      expect(cron.stderr).toMatch(/^git jci: no lock for the crontab can be kept in the cache folder: .*\nhint: set XDG_CACHE_HOME to a folder that you may write to\n$/);
    },
    { script: 'echo ran' },
  ),
);

test('a user without a home runs what is in the working tree', () =>
  withRepo(
    async (repo) => {
      mkdirSync(join(repo.root, 'nobodys'));
      chmodSync(join(repo.root, 'nobodys'), 0o500);
      if (!isRoot) {
        expectTold(await repo.at('.', { XDG_CACHE_HOME: join(repo.root, 'nobodys') }).jci('run'));
        return;
      }
      await repo.exec('chown', ['-R', '64321:64321', repo.root]);
      const run = repo.at('.', { XDG_CACHE_HOME: '', HOME: '' }).start('setpriv', '--reuid=64321', '--regid=64321', '--clear-groups', ...jciCommand(), 'run');
      expectTold(await run.exit());
    },
    { script: 'echo ran' },
  ));
