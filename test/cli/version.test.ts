import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { projectRoot } from '../helpers/test-environment.ts';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };

test.each([['version'], ['--version'], ['-V']])('git-jci %s prints the version of the package', (word) =>
  withRepo(async (repo) => {
    expect(await repo.exec('git-jci', [word])).toMatchObject({ exitCode: 0, stdout: `git-jci ${version}\n`, stderr: '' });
  }),
);

test('--json says what it runs on', () =>
  withRepo(async (repo) => {
    const { stdout } = await repo.jci('version', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, jci: version });
    expect(stdout).toContain((await repo.git('version')).replace(/^git version /, '').split(' ')[0]);
  }));

test('takes no other option', () =>
  withRepo(async (repo) => {
    expect((await repo.jci('version', '--nope')).exitCode).toBe(2);
  }));
