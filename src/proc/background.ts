import { spawn } from 'node:child_process';
import type { Env } from '../base/context.ts';

/**
 * Starts a program that outlives us: in a session of its own, without a terminal, with /dev/null for its input and output.
 *
 * Neither Ctrl-C nor the end of the terminal reaches it, and whoever reads our output to its end need not wait for it.
 * @returns its pid, once it has been started.
 * @throws the system error (`ENOENT`, `EACCES`, ...) when it cannot be.
 */
export function startInBackground(file: string, args: readonly string[], options: { cwd: string; env: Env }): Promise<number> {
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, detached: true, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid ?? 0);
    });
  });
}

/** One whose end we want to see, if we live to see it. */
export interface WatchedProgram {
  pid: number;
  /** Its exit code; `null` when a signal ended it. */
  ended: Promise<number | null>;
}

/**
 * The same, with its error output in a file: a pipe would break when we end before it.
 * @param stderr a descriptor of the caller's.
 */
export function startWatched(file: string, args: readonly string[], options: { cwd: string; env: Env; stderr: number | undefined }): Promise<WatchedProgram> {
  const { cwd, env, stderr } = options;
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', stderr ?? 'ignore'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve({ pid: child.pid ?? 0, ended });
    });
  });
}
