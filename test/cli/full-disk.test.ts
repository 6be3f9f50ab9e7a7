import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';

const into = (repo: TestRepo, redirect: string, ...args: string[]): Promise<Result> =>
  repo.exec('bash', ['-c', `exec git jci "$@" ${redirect}`, 'bash', ...args]);

/** The device that has no space: macOS knows none. */
describe.runIf(existsSync('/dev/full'))('output to a full disk', () => {
  test.each([
    ['>/dev/full', 1],
    ['2>/dev/full', 1],
    ['>/dev/full 2>&1', 1],
  ])('of a run (%s) does not end it: its verdict is stored, and is the exit code', (redirect, code) =>
    withRepo(
      async (repo) => {
        const run = await into(repo, redirect, 'run');
        expect(run.exitCode).toBe(code);
        expect(run.stderr).not.toMatch(/internal error|\n +at /);
        if (redirect === '>/dev/full') expect(run.stderr).toMatch(/^git jci: the output could not be written: ENOSPC/m);
        const [ref = ''] = await repo.refs();
        expect(await repo.git('log', '-1', '--format=%B', ref)).toContain('Jci-Outcome: failed');
        expect((await repo.jci('cat', 'HEAD', 'run.output.txt')).stdout).toContain('\none\ntwo\n');
      },
      { script: 'echo one; echo two; exit 3' },
    ),
  );

  test('of other commands is said in one line, with 128', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run');
        for (const name of ['ls', 'show', 'logs', 'log', 'version', 'help']) {
          const result = await into(repo, '>/dev/full', name);
          expect({ name, ...result }).toMatchObject({ name, exitCode: 128, stderr: expect.stringMatching(/^git jci: the output could not be written: ENOSPC[^\n]*\n$/) as string });
          expect({ name, ...(await into(repo, '2>/dev/full', name)) }).toMatchObject({ name, exitCode: 0 });
        }
      },
      { script: 'echo one' },
    ));
});
