import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { projectRoot } from '../helpers/test-environment.ts';

test('the packed package installs globally without a network, and git finds it and its manual', () =>
  withRepo(
    async (repo) => {
      const prefix = join(repo.root, 'prefix');
      const npm = repo.at('.', { npm_config_cache: join(repo.root, 'npm-cache') });
      const packed = await npm.exec('npm', ['pack', projectRoot, '--ignore-scripts', '--pack-destination', repo.root]);
      expect(packed).toMatchObject({ exitCode: 0 });
      const tarball = readdirSync(repo.root).find((name) => name.endsWith('.tgz')) ?? '';
      const installed = await npm.exec('npm', ['install', '--global', '--offline', '--ignore-scripts', '--prefix', prefix, join(repo.root, tarball)]);
      expect(installed).toMatchObject({ exitCode: 0 });

      const path = `${join(prefix, 'bin')}:${(repo.env['PATH'] ?? '').replace(`${repo.root}/bin:`, '')}`;
      const user = repo.at('.', { PATH: path, MANPAGER: 'cat' });
      expect((await user.git('jci', 'run')).trim()).toBe('ran');
      expect(await user.git('jci', 'ls')).toContain('script');
      expect(await user.git('help', 'jci')).toContain('GIT-JCI(1)');
    },
    { script: 'echo ran; git jci step inner -- true >/dev/null' },
  ));
