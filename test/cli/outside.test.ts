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
