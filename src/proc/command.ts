import type { Env } from '../base/context.ts';

/** How a program other than git ended. */
export interface CommandResult {
  exitCode: number | undefined;
  /** The signal that ended it: ours, if it took too long. */
  signal: string | undefined;
  timedOut: boolean;
  stdout: string;
  stderr: string;
  /** Set when it could not be started at all: `ENOENT`, `EACCES`, ... */
  startError: string | undefined;
}

export interface CommandOptions {
  cwd?: string;
  env: Env;
  input?: string;
  /** Ends the program after so many ms. */
  timeoutMs?: number;
  /** `inherit` gives it the terminal; the default captures its output. */
  stdio?: 'pipe' | 'inherit';
}

/**
 * Runs a program of the user's machine (crontab, ps, a pager, a shell, a notifier) and reports how it ended.
 *
 * Never throws for a program that fails or is missing: callers decide what that means.
 */
export async function command(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { execa } = await import('execa');
  const result = await execa(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env as Record<string, string>,
    extendEnv: false,
    ...(options.stdio === 'inherit' ? { stdio: 'inherit' as const } : { input: options.input ?? '' }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    stripFinalNewline: false,
    reject: false,
  });
  const neverStarted = result.failed && result.exitCode === undefined && result.signal === undefined;
  return {
    exitCode: result.exitCode,
    signal: result.signal,
    timedOut: result.timedOut,
    stdout: typeof result.stdout === 'string' ? result.stdout : '',
    stderr: typeof result.stderr === 'string' ? result.stderr : '',
    startError: neverStarted ? (result.code ?? result.shortMessage) : undefined,
  };
}
