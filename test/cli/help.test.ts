import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

describe('git jci help', () => {
  test('lists every command with what it does', () =>
    withRepo(async (repo) => {
      const { exitCode, stdout } = await repo.jci('help');
      expect(exitCode).toBe(0);
      for (const command of ['run', 'ls', 'show', 'logs', 'push', 'prune', 'hook', 'cron']) expect(stdout).toMatch(new RegExp(`^ +${command} +\\S`, 'm'));
      expect(stdout).not.toContain('__');
    }));

  test('of a command is its -h', () =>
    withRepo(async (repo) => {
      const [help, h] = [await repo.jci('help', 'run'), await repo.jci('run', '-h')];
      expect(help.stdout).toBe(h.stdout);
      expect(help.stdout).toContain('--if-needed');
    }));

  test('of an unknown command is wrong usage', () =>
    withRepo(async (repo) => {
      expect((await repo.jci('help', 'nonsense')).exitCode).toBe(2);
    }));

  test('is plain where nobody looks, and in colour where somebody does', () =>
    withRepo(async (repo) => {
      expect((await repo.jci('help')).stdout).not.toContain('\u001b');
      expect((await repo.at('.', { FORCE_COLOR: '1' }).jci('help', 'run')).stdout).toContain('\u001b');
      expect((await repo.at('.', { FORCE_COLOR: '1', NO_COLOR: '1' }).jci('help', 'run')).stdout).not.toContain('\u001b');
    }));
});

describe('a misspelt word', () => {
  test.each([
    ['rnu', 'git jci run'],
    ['rn', 'git jci run'],
    ['shwo', 'git jci show'],
    ['statsu', 'git jci status'],
    ['help shw', 'git jci help show'],
    ['hook instal', 'git jci hook install'],
    ['hook unistall', 'git jci hook uninstall'],
    ['help hook unistall', 'git jci hook uninstall'],
    ['cron snyc', 'git jci cron sync'],
    ['run --clan', '--clean'],
    ['run --timout=5m', '--timeout'],
    ['cron sync --jsn', '--json'],
    ['--versoin', '--version'],
  ])('git jci %s: did you mean %s', (words, meant) =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci(...words.split(' '));
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^git jci: [^\n]+\nhint: [^\n]+\n$/)]);
      expect(stderr.split('\n')[1]).toBe(`hint: did you mean: ${meant}`);
    }));

  test.each([
    ['frobnicate', 'git jci help'],
    ['cron frobnicate', 'git jci cron -h'],
    ['cron sync --frobnicate', 'git jci cron sync -h'],
    ['run --clean=yes', 'git jci run -h'],
  ])('git jci %s, like nothing there is, leads to %s', (words, hint) =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci(...words.split(' '));
      expect([exitCode, stderr.split('\n')[1]]).toEqual([2, `hint: ${hint}`]);
    }));
});

describe('what only git jci itself calls', () => {
  test('is not suggested', () =>
    withRepo(async (repo) => {
      const missing = await repo.jci('hook');
      expect(missing).toMatchObject({ exitCode: 2, stderr: "git jci: 'git jci hook' needs a subcommand\nhint: one of: install, uninstall, ls\n" });
      const wrong = await repo.jci('hook', 'rn');
      expect(wrong).toMatchObject({ exitCode: 2, stderr: "git jci: 'git jci hook' has no subcommand 'rn'\nhint: git jci hook -h\n" });
      for (const word of ['overwrite', '__com']) expect((await repo.jci(word)).stderr).toContain('hint: git jci help\n');
    }));

  test('is neither in help nor in the manual nor in any completion', () =>
    withRepo(async (repo) => {
      expect((await repo.jci('hook', '-h')).stdout).not.toMatch(/^ {2}run /m);
      const texts = [['help'], ['__man'], ...['bash', 'zsh', 'fish'].map((shell) => ['completion', shell])];
      for (const words of texts) {
        const { stdout } = await repo.jci(...words);
        expect(stdout.length).toBeGreaterThan(500);
        // The scripts of completion call __complete, which is not to offer it.
        for (const hidden of [/overview/, /hook.run/, /__man/]) expect([words, hidden.exec(stdout)?.[0]]).toEqual([words, undefined]);
      }
    }));
});

describe('git jci alone', () => {
  test('shows the everyday commands and how HEAD is doing', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci()).stdout).toContain('has no verdict');
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci();
        expect(exitCode).toBe(0);
        for (const command of ['run', 'web']) expect(stdout).toContain(`git jci ${command} `);
        expect(stdout).toMatch(/HEAD: .* passed in run/);
      },
      { script: 'true' },
    ));

  test('works outside a repository', () =>
    withRepo(async (repo) => {
      const { exitCode, stdout } = await repo.at('..').jci();
      expect(exitCode).toBe(0);
      expect(stdout).not.toContain('HEAD:');
    }));
});

test('git help jci shows the man page', () =>
  withRepo(async (repo) => {
    await repo.exec('sh', ['-c', 'mkdir -p "$HOME/man/man1" && git-jci __man > "$HOME/man/man1/git-jci.1"']);
    const { exitCode, stdout } = await repo.at('.', { MANPATH: `${repo.env['HOME']}/man`, MANPAGER: 'cat' }).exec('git', ['help', 'jci']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('GIT-JCI(1)');
  }));
