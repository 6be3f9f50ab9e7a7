import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { hasCode, isSystemError } from '../base/errors.ts';

/**
 * A named pipe that a process holds open for as long as it lives: a sign of life that does not depend on pids.
 *
 * The kernel lets go of it with the process, however that ends, and whoever opens the other end learns whether somebody
 * holds it: also from another container with the same folder, where the pid is another one or belongs to somebody else.
 */
export interface HeldPipe {
  letGo(): void;
}

/** @returns `undefined` if there is no pipe to be held. */
export function holdPipe(path: string): HeldPipe | undefined {
  const fd = openPipe(path, constants.O_RDONLY);
  return typeof fd === 'number' ? { letGo: () => closeSync(fd) } : undefined;
}

/** Whether somebody holds it; `undefined` if it cannot be known: there is none, or it is another user's. */
export function isHeld(path: string): boolean | undefined {
  const fd = openPipe(path, constants.O_WRONLY);
  if (typeof fd !== 'number') return fd === 'nobody there' ? false : undefined;
  closeSync(fd);
  return true;
}

function openPipe(path: string, access: number): number | 'nobody there' | undefined {
  try {
    const fd = openSync(path, access | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    if (fstatSync(fd).isFIFO()) return fd;
    closeSync(fd);
    return undefined;
  } catch (error) {
    if (hasCode(error, 'ENXIO')) return 'nobody there';
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
