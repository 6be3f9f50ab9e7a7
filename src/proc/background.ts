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
