import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { projectRoot } from '../helpers/test-environment.ts';

describe('the manual', () => {
  /** What the build takes for the date of the sources in a folder. */
  async function releaseDate(repo: TestRepo, folder: string): Promise<string> {
    const program = `import { releaseSeconds } from ${JSON.stringify(`${projectRoot}/.ci/lib/release-date.mjs`)}; process.stdout.write(releaseSeconds(process.argv[1]))`;
    const { exitCode, stdout, stderr } = await repo.exec('node', ['--input-type=module', '--eval', program, folder]);
    expect([exitCode, stderr]).toEqual([0, '']);
    return stdout === '' ? '' : new Date(Number(stdout) * 1000).toISOString().slice(0, 10);
  }

  test('is dated by the newest entry of the changelog, and until that is released by its last change', () =>
    withRepo(async (repo) => {
      repo.write('CHANGELOG.md', '# Changelog\n\n## 1.1.0 (2026-02-03)\n\n## 1.0.0 (2025-01-01)\n');
      expect(await releaseDate(repo, repo.path)).toBe('2026-02-03');
      repo.write('CHANGELOG.md', '# Changelog\n\n## 1.2.0 (unreleased)\n\n## 1.1.0 (2026-02-03)\n');
      expect(await releaseDate(repo, repo.path)).toBe('');
      await repo.at('.', { GIT_COMMITTER_DATE: '2026-03-04T12:00:00Z' }).commit({});
      await repo.at('.', { GIT_COMMITTER_DATE: '2026-04-05T12:00:00Z' }).commit({ other: '' });
      expect(await releaseDate(repo, repo.path)).toBe('2026-03-04');
    }));

  test('that was built has a date', () =>
    withRepo(async (repo) => {
      const head = readFileSync(join(projectRoot, 'dist', 'man', 'git-jci.1'), 'utf8').split('\n')[0];
      expect(head).toMatch((await releaseDate(repo, projectRoot)) === '' ? /^\.TH / : /^\.TH "GIT\\-JCI" "1" "\d{4}-\d\d-\d\d"/);
    }));
});

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
