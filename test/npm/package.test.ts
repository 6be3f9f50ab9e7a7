import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

interface Package {
  name: string;
  version: string;
  scripts: Record<string, string>;
}

const packageOf = (folder: string): Package => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;

test.each(['ci', 'install', 'pack'])('npm %s builds in a checkout', (command) =>
  withRepo(async (repo) => {
    const { name, version, scripts } = packageOf(projectRoot);
    repo.write('package.json', JSON.stringify({ name, version, scripts }));
    repo.write('package-lock.json', JSON.stringify({ name, version, lockfileVersion: 3, packages: { '': { name, version } } }));
    repo.write('.ci/prepare.mjs', "import { appendFileSync } from 'node:fs';\nappendFileSync('built', 'once');\n");
    const npm = repo.at('.', { npm_config_cache: join(repo.root, 'npm-cache') });
    expect(await npm.exec('npm', [command, '--offline'])).toMatchObject({ exitCode: 0 });
    expect(repo.read('built')).toBe('once');
  }),
);

test('the packed package installs globally without a network, and git finds it and its manual', () =>
  withRepo(
    async (repo) => {
      const prefix = join(repo.root, 'prefix');
      const npm = repo.at('.', { npm_config_cache: join(repo.root, 'npm-cache') });
      const packed = await npm.exec('npm', ['pack', projectRoot, '--ignore-scripts', '--pack-destination', repo.root]);
      expect(packed).toMatchObject({ exitCode: 0 });
      const tarball = readdirSync(repo.root).find((name) => name.endsWith('.tgz')) ?? '';
      const installed = await npm.exec('npm', ['install', '--global', '--offline', '--prefix', prefix, join(repo.root, tarball)]);
      expect(installed).toMatchObject({ exitCode: 0 });
      // npm warns of scripts that it would have to run.
      expect(installed.stdout + installed.stderr).not.toMatch(/script/);
      const folder = join(prefix, 'lib', 'node_modules', 'git-jci');
      expect(Object.keys(packageOf(folder).scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
      for (const [, link = ''] of readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/\]\((?!\w+:)([^)#]+)/g)) expect([link, existsSync(join(folder, link))]).toEqual([link, true]);

      const path = `${join(prefix, 'bin')}:${(repo.env['PATH'] ?? '').replace(`${repo.root}/bin:`, '')}`;
      const user = repo.at('.', { PATH: path, MANPAGER: 'cat' });
      expect((await user.git('jci', 'run')).trim()).toBe('ran');
      expect(await user.git('jci', 'ls')).toContain('script');
      expect(await user.git('help', 'jci')).toContain('GIT-JCI(1)');
    },
    { script: 'echo ran; git jci step inner -- true >/dev/null' },
  ));
