import { spawn } from 'node:child_process';
import type { Env } from '../base/context.ts';

/** A pager with our output on its stdin. */
export interface Pager {
  /** The user has left it. */
  readonly closed: boolean;
  write(chunk: Uint8Array | string): Promise<void>;
  /** Resolves when the user leaves. */
  end(): Promise<void>;
}

/**
 * Starts a pager as git does: through the shell, quitting at once if everything fits on one screen.
 * @param shellCommand what `git var GIT_PAGER` says.
 */
export function openPager(shellCommand: string, env: Env): Pager {
  const child = spawn('sh', ['-c', shellCommand], {
    env: { LESS: 'FRX', LV: '-c', ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  let closed = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      closed = true;
      resolve();
    });
    child.once('error', () => {
      closed = true;
      resolve();
    });
  });
  // The user may leave before everything is written.
  child.stdin.on('error', () => {
    closed = true;
  });
  return {
    get closed() {
      return closed;
    },
    async write(chunk) {
      if (closed || child.stdin.write(chunk)) return;
      await Promise.race([ended, new Promise((resolve) => child.stdin.once('drain', resolve))]);
    },
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
