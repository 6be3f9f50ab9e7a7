import { spawn } from 'node:child_process';

/** How a program ended, with everything it wrote. */
export interface Result {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** What `stdout` was before it was decoded. */
  stdoutBytes: Buffer;
}

/** A program that is still running. */
export interface LiveProcess {
  readonly pid: number;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves as soon as stdout or stderr holds `text`; rejects if it ends without having written it. */
  untilOutput(text: string): Promise<void>;
  kill(signal?: NodeJS.Signals): void;
  /** Resolves when it has ended and its output is complete. */
  exit(): Promise<Result>;
}

/** Starts a program with nothing on stdin. */
export function startProcess(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; input?: string },
): LiveProcess {
  const { input, ...rest } = options;
  const child = spawn(file, args, { ...rest, stdio: 'pipe' });
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const text = (name: 'stdout' | 'stderr'): string => Buffer.concat(written[name]).toString('utf8');
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      written[name].push(chunk);
      for (const look of watchers) look();
    });
  }
  // A program that does not read its input closes it: that is its right.
  child.stdin.on('error', () => undefined).end(input ?? '');
  const ended = new Promise<Result>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode, signal, stdout: text('stdout'), stderr: text('stderr'), stdoutBytes: Buffer.concat(written.stdout) }),
    );
  });
  // Whoever asks for the exit gets the error; nobody has to ask.
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    stdout: () => text('stdout'),
    stderr: () => text('stderr'),
    kill: (signal = 'SIGTERM') => void child.kill(signal),
    exit: () => ended,
    untilOutput: (wanted) =>
      untilWritten(wanted, () => text('stdout').includes(wanted) || text('stderr').includes(wanted), watchers, ended),
  };
}

function untilWritten(text: string, isThere: () => boolean, watchers: Set<() => void>, ended: Promise<Result>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!isThere()) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
    ended.then((result) => {
      look();
      reject(new Error(`ended without writing '${text}': ${JSON.stringify(result)}`));
    }, reject);
  });
}
