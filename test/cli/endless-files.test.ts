import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo } from '../helpers/repo.ts';

const commands = {
  crontab: [['cron', 'ls'], ['cron', 'sync']],
  config: [['run'], ['push']],
};

test.each(['crontab', 'config'] as const)('.jci/%s that has no end is refused in words', (name) =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      symlinkSync('/dev/zero', join(repo.path, '.jci', name));
      for (const args of commands[name]) {
        expect({ args, ...(await repo.jci(...args)) }).toMatchObject({ args, exitCode: 2, stderr: expect.stringContaining(`git jci: .jci/${name} is not a regular file\n`) as string });
      }
      await repo.exec('rm', [join('.jci', name)]);
      repo.write(join('.jci', name), '#'.repeat(1024 * 1024 + 1));
      for (const args of commands[name]) {
        expect({ args, ...(await repo.jci(...args)) }).toMatchObject({ args, exitCode: 2, stderr: expect.stringContaining(`git jci: .jci/${name} is larger than 1 MiB\n`) as string });
      }
    },
    { script: 'true' },
  ),
);

test('.jci/crontab may be a link to a file', () =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      repo.write('mine', '0 3 * * * name:nightly\n');
      symlinkSync('../mine', join(repo.path, '.jci/crontab'));
      expect((await repo.jci('cron', 'ls')).stdout).toContain('nightly');
    },
    { script: 'true' },
  ));
