import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveProcess, TestRepo } from './repo.ts';

/** How a program shows its output on a terminal of so many columns. `text` is everything that was written to the terminal. */
export async function onTerminal(repo: TestRepo, command: string, columns = 80): Promise<{ exitCode: number | null; text: string }> {
  const [file, ...args] = inScript(`stty cols ${columns} rows 30; ${command}`);
  const { exitCode, stdout } = await repo.exec(file, args);
  return { exitCode, text: stdout.replaceAll('\r\n', '\n') };
}

/** A program on a terminal with a keyboard; what the terminal shows is its stdout. */
export interface TypedTerminal {
  readonly program: LiveProcess;
  type(keys: string): void;
  /** To be called once the program has ended. */
  close(): void;
}

/** Starts a shell command on a terminal. Not more than one at a time in a repository. */
export async function startOnTerminal(repo: TestRepo, command: string): Promise<TypedTerminal> {
  const path = join(repo.root, 'keyboard');
  await repo.exec('mkfifo', [path]);
  // Open for both, it does not wait for the program to open it.
  const keyboard = openSync(path, constants.O_RDWR);
  const program = repo.start('bash', '-c', 'keyboard=$1; shift; exec "$@" < "$keyboard"', 'bash', path, ...inScript(command));
  return { program, type: (keys) => void writeSync(keyboard, keys), close: () => closeSync(keyboard) };
}

/** `script` of util-linux and that of BSD differ in everything but their name. */
const inScript = (command: string): [string, ...string[]] =>
  process.platform === 'linux' ? ['script', '-qec', command, '/dev/null'] : ['script', '-qe', '/dev/null', 'sh', '-c', command];
