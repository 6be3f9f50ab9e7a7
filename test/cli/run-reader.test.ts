import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { withRepo, type LiveProcess, type TestRepo } from '../helpers/repo.ts';

/** Runs `git jci run` into a pipe that is open, but not read. `leave` has the reader go away; in the end it does in any case. */
async function withUnread(repo: TestRepo, args: readonly string[], action: (run: LiveProcess, leave: () => void) => Promise<void>): Promise<void> {
  const path = join(repo.root, 'unread');
  await repo.exec('mkfifo', [path]);
  let reader: number | undefined = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const leave = (): void => {
    if (reader !== undefined) closeSync(reader);
    reader = undefined;
  };
  try {
    await action(repo.start('bash', '-c', 'exec git jci run "$@" > "$0"', path, ...args), leave);
  } finally {
    leave();
  }
}

const stored = (repo: TestRepo): Promise<string> =>
  waitFor(async () => (await repo.refs())[0], { what: 'the result' });

const log = async (repo: TestRepo, ref: string): Promise<string> => (await repo.tryGit('cat-file', 'blob', `${ref}:run.output.txt`)).stdout;

const endless = `trap 'echo goodbye; exit 1' TERM; seq 1 1000000`;

describe('a reader who stands still', () => {
  test('does not keep a run from its timeout, nor the script from its last words', () =>
    withRepo(
      (repo) =>
        withUnread(repo, ['--timeout', '1s'], async (run, leave) => {
          const ref = await stored(repo);
          expect(await repo.git('log', '-1', '--format=%B', ref)).toContain('Jci-Outcome: timeout');
          // Behind the piece of a line at which `seq` was ended.
          expect(await log(repo, ref)).toContain('goodbye\n');
          leave();
          expect((await run.exit()).stderr).toContain('timeout after');
        }),
      { script: endless },
    ));

  test('does not keep a run from being cancelled', () =>
    withRepo(
      (repo) =>
        withUnread(repo, [], async (run, leave) => {
          await waitFor(async () => (await repo.exec('find', [join(repo.path, '.git/jci/active'), '-name', 'run.output.txt', '-size', '+8k'])).stdout !== '', { what: 'output' });
          const cancel = await repo.jci('cancel');
          expect(cancel).toMatchObject({ exitCode: 0 });
          expect(cancel.stderr).toContain('is cancelled');
          leave();
          await run.exit();
        }),
      { script: endless },
    ));

  test('does not keep the result of a script that has ended, nor a line of its log', () =>
    withRepo(
      (repo) =>
        withUnread(repo, [], async (run, leave) => {
          const ref = await stored(repo);
          expect(await repo.git('log', '-1', '--format=%B', ref)).toContain('Jci-Outcome: passed');
          expect(await log(repo, ref)).toContain('\n19999\n20000\n');
          leave();
          expect(await run.exit()).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('warning') as string });
        }),
      // More than the reader's pipe holds, less than that and ours.
      { script: 'seq 1 20000' },
    ));
});
