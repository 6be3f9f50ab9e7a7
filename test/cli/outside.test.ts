import { describe, expect, test } from 'vitest';
import { mkdirSync } from 'node:fs';
import { withRepo } from '../helpers/repo.ts';

/** Commands that need a repository, with the least they take. */
const commands: readonly (readonly [string, ...string[]])[] = [
  ['run'], ['rerun'], ['cancel'], ['ls'], ['log'], ['show'], ['logs'], ['cat', 'HEAD', 'x'], ['get'], ['grep', 'x'], ['diff', 'HEAD'],
  ['tests'], ['flaky'], ['status'], ['verify'], ['badge'], ['doctor'],
];

describe('outside a repository', () => {
  test.each(commands)('git jci %s says so in one line and exits with 128', (...words) =>
    withRepo(async (repo) => {
      mkdirSync(`${repo.root}/elsewhere`);
      const { exitCode, stdout, stderr } = await repo.at('../elsewhere').jci(...words);
      expect(exitCode).toBe(128);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^git jci: not a git repository: .*\nhint: .*\n$/);
    }),
  );
});

test('in a folder with a line break in its name every command says so, and does nothing', () =>
  withRepo(async (repo) => {
    mkdirSync(`${repo.root}/two\nlines`);
    const { jci, git } = repo.at('../two\nlines');
    await git('init', '-q');
    for (const [name, ...words] of commands) {
      const { exitCode, stdout, stderr } = await jci(name, ...words);
      expect({ name, exitCode, stdout, stderr }).toEqual({ name, exitCode: 3, stdout: '', stderr: expect.stringMatching(/^git jci: the path of this repository contains a line break[^\n]*\nhint: .*\n$/) as string });
    }
  }));

describe('where there is no commit yet', () => {
  const ofHead = ['run', 'run HEAD', 'run --clean', 'rerun', 'log', 'log HEAD', 'show', 'show HEAD:2', 'logs', 'cat HEAD x', 'get', 'tests', 'status', 'verify', 'badge', 'diff HEAD', 'ls HEAD', 'grep x HEAD'];

  test.each(ofHead)('git jci %s says so in one line and exits with 128', (words) =>
    withRepo(async (repo) => {
      const { exitCode, stdout, stderr } = await repo.jci(...words.split(' '));
      expect([exitCode, stdout]).toEqual([128, '']);
      expect(stderr).toBe('git jci: there is no commit yet, and results are those of commits\nhint: git commit, then: git jci run\n');
    }),
  );

  test('what asks for no commit finds nothing', () =>
    withRepo(async (repo) => {
      expect(await repo.jci('ls')).toMatchObject({ exitCode: 0, stdout: '' });
      expect(await repo.jci('log', '--all')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
      expect(await repo.jci('status', '--prompt')).toMatchObject({ exitCode: 128, stdout: '', stderr: '' });
      expect((await repo.jci('cron', 'run', '--branch', 'main', 'x')).exitCode).toBe(3);
    }));
});

test.each([
  'run nowhere', 'rerun nowhere', 'cancel nowhere', 'log nowhere', 'show nowhere', 'logs nowhere', 'cat nowhere x', 'get nowhere', 'tests nowhere', 'status nowhere', 'verify nowhere',
  'badge nowhere', 'diff nowhere', 'ls nowhere', 'ls --branch nowhere', 'grep x nowhere', 'run nowhere..HEAD', 'log nowhere..HEAD', 'grep x nowhere..HEAD',
])('git jci %s, which there is not, is refused with 3', (words) =>
  withRepo(
    async (repo) => {
      const { exitCode, stdout, stderr } = await repo.jci(...words.split(' '));
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^git jci: [^\n]*'nowhere[^\n]*\n(?:hint: [^\n]+\n)?$/);
    },
    { script: 'true' },
  ),
);

describe('wrong usage', () => {
  test.each(commands)('git jci %s refuses an unknown option with 2', (...words) =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci(words[0] ?? '', '--no-such-option', ...words.slice(1));
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/--no-such-option/);
      expect(stderr).not.toMatch(/\n\s+at /);
    }),
  );

  test.each(commands.map(([name]) => name))('git jci %s -h shows help with an example', (command) =>
    withRepo(async (repo) => {
      const { exitCode, stdout } = await repo.jci(command, '-h');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`git jci ${command}`);
      expect(stdout).toMatch(/example/i);
    }),
  );

  test('an unknown command exits with 2 and points to help', () =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci('nonsense');
      expect(exitCode).toBe(2);
      expect(stderr).toContain('git jci help');
    }));
});
