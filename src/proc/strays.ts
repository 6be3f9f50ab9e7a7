import { readdirSync, readFileSync } from 'node:fs';
import { isSystemError } from '../base/errors.ts';

/**
 * Processes of this user that carry all of these variables in their environment, whatever group or session they moved to.
 *
 * Linux only: macOS shows no other process's environment, so there a daemon that called setsid is not found.
 * @param marks complete settings, such as `JCI_RUN_ID=1763700000-ab12`.
 * @returns pids, never our own.
 */
export function findStrays(marks: readonly string[], platform: NodeJS.Platform, ownPid: number): number[] {
  if (platform !== 'linux') return [];
  const needles = marks.map((mark) => Buffer.from(`\u0000${mark}\u0000`));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== ownPid)
    .filter((name) => carriesAll(name, needles))
    .map(Number);
}

function carriesAll(pid: string, needles: readonly Buffer[]): boolean {
  try {
    const environ = readFileSync(`/proc/${pid}/environ`);
    if (environ.length === 0) return false;
    const framed = Buffer.concat([Buffer.from([0]), environ]);
    return needles.every((needle) => framed.includes(needle));
  } catch (error) {
    // Gone meanwhile, or another user's; and for want of a descriptor for one of them, the others must not stay.
    if (isSystemError(error)) return false;
    throw error;
  }
}
