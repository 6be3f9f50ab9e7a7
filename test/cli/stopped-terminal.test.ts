import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { startOnTerminal, type TypedTerminal } from '../helpers/terminal.ts';
import { waitFor } from '../helpers/wait-for.ts';

const [stop, goOn] = ['\x13', '\x11'];

/**
 * A terminal takes nothing from before the program starts: what is typed is handled in order, and `read` ends with the line. Without echo, or the line
 * break that was typed would be shown in the midst of what comes after Ctrl-Q.
 */
async function startStopped(repo: TestRepo, command: string): Promise<TypedTerminal> {
  const terminal = await startOnTerminal(repo, `stty -echo; echo ready; read line; exec ${command}`);
  await terminal.program.untilOutput('ready');
  terminal.type(`${stop}\n`);
  return terminal;
}

const numbers = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join('');

describe('a terminal that was stopped with Ctrl-S', () => {
  test.each([
    ['its timeout', ['--timeout', '1s'], undefined, 'timeout'],
    ['being cancelled', [], 'cancel', 'cancelled'],
  ])('does not keep a run from %s, and shows everything after Ctrl-Q', (_what, options, command, outcome) =>
    withRepo(
      async (repo) => {
        const { program, type, close } = await startStopped(repo, ['git jci run', ...options].join(' '));
        if (command !== undefined) {
          await waitFor(async () => (await repo.exec('find', ['.git/jci/active', '-name', 'run.output.txt', '-size', '+8k'])).stdout !== '', { what: 'output' });
          expect((await repo.jci(command)).stderr).toContain('is cancelled');
        }
        const ref = await waitFor(async () => (await repo.refs())[0], { what: 'the result' });
        expect(await repo.git('log', '-1', '--format=%B', ref)).toContain(`Jci-Outcome: ${outcome}`);
        expect(program.stdout()).not.toContain('1\r\n');
        type(goOn);
        const { stdout } = await program.exit();
        close();
        expect(stdout.replaceAll('\r\n', '\n')).toContain(`${numbers}goodbye\n`);
        expect(stdout).toContain(outcome);
      },
      { script: `trap 'echo goodbye; exit 1' TERM; seq 1 20000; sleep 600 & wait`, env: { TERM: 'dumb' } },
    ),
  );
});
