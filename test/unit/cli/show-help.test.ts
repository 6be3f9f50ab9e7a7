import { describe, expect, test } from 'vitest';
import { version } from '../../../src/base/version.ts';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { fakeMachine } from './fake-terminal.ts';

/** Runs a command line; nothing in it may need a repository. */
async function jci(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  const { ctx, stdout, stderr } = fakeMachine({ env: { PATH: process.env['PATH'] ?? '', ...env } });
  const code = await runCommandLine(ctx, args);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

describe('help', () => {
  test.each([['help'], ['--help'], ['-h']])('%s lists all commands', async (word) => {
    const { code, stdout } = await jci([word]);
    expect(code).toBe(0);
    expect(stdout).toContain('\nRun\n');
    expect(stdout).toMatch(/^ {2}run +run \.jci\/run\.sh/m);
    expect(stdout).not.toMatch(/overview|__/);
  });

  test('of a command is the same as its -h', async () => {
    expect(await jci(['help', 'run'])).toEqual(await jci(['run', '-h']));
    expect(await jci(['help', 'hook', 'install'])).toEqual(await jci(['hook', 'install', '-h']));
  });

  test.each([[['help']], [['run', '-h']], [['help', 'prune']], [['cron', 'sync', '-h']], [[]]])('%j fits the terminal, and is never wider than 80', async (args) => {
    const widest = async (columns: number): Promise<number> => {
      const { ctx, stdout } = fakeMachine({ size: { columns, rows: 40 }, env: { PATH: '' } });
      await runCommandLine(ctx, args);
      return Math.max(...stdout.text().split('\n').map((line) => line.length));
    };
    expect(await widest(60)).toBeLessThanOrEqual(60);
    expect(await widest(140)).toBeLessThanOrEqual(80);
    expect(await widest(140)).toBeGreaterThan(60);
  });

  test.each([
    [['help', 'nonsense'], "there is no command 'nonsense'"],
    [['help', 'hook', 'nonsense'], "'git jci hook' has no subcommand 'nonsense'"],
    [['completion', 'tcsh'], "there is no completion for 'tcsh'"],
    [['completion'], 'missing argument <shell>'],
  ])('%j is wrong usage', async (args, message) => {
    await expect(jci(args)).rejects.toThrow(message);
    await expect(jci(args)).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('git jci alone', () => {
  test('shows the commands of every day, on one screen', async () => {
    const { code, stdout } = await jci([]);
    expect(code).toBe(0);
    expect(stdout).toContain(`git jci ${version}\n  git jci init `);
    expect(stdout.split('\n').length).toBeLessThan(24);
  });
});

describe('version', () => {
  test.each([['version'], ['--version'], ['-V']])('%s', async (word) => {
    expect((await jci([word])).stdout).toBe(`git-jci ${version}\n`);
  });

  test('--json adds what a bug report needs', async () => {
    expect(JSON.parse((await jci(['version', '--json'])).stdout)).toEqual({
      version: 1,
      jci: version,
      runtime: expect.stringMatching(/^(node|bun) \d+\./) as string,
      git: expect.stringMatching(/^\d+\.\d+/) as string,
      platform: 'linux-x64',
    });
  });

  test('--json works without git, which is what may be to report', async () => {
    expect(JSON.parse((await jci(['version', '--json'], { PATH: '/nowhere' })).stdout)).toMatchObject({ git: null });
  });
});

describe('__man', () => {
  test('is dated by SOURCE_DATE_EPOCH, or not at all', async () => {
    expect((await jci(['__man'], { SOURCE_DATE_EPOCH: '1763700000' })).stdout).toMatch(/^\.TH "GIT\\-JCI" "1" "2025-11-21"/);
    expect((await jci(['__man'])).stdout).toMatch(/^\.TH "GIT\\-JCI" "1" ""/);
    await expect(jci(['__man'], { SOURCE_DATE_EPOCH: 'today' })).rejects.toThrow("'today' is not a number of seconds");
  });
});
