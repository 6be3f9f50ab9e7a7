import { readFileSync } from 'node:fs';
import { hasCode } from '../base/errors.ts';

/** The part of Linux's `/proc/<pid>/stat` that we use. */
export interface ProcessStat {
  /** Zombie, or about to be gone. */
  dead: boolean;
  group: number;
  /** Clock ticks since boot. */
  startTicks: string;
}

/** Reads it for one process; `undefined` if there is none. Linux only. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command name stands in parentheses and may hold any character: fields count from the last one.
    const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { dead: state === 'Z' || state === 'X', group: Number(group), startTicks: rest[16] ?? '' };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
}
