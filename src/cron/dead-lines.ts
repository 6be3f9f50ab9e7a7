import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context } from '../base/context.ts';
import { hasCode } from '../base/errors.ts';
import { scheduleLength } from '../model/cron-schedule.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { splitLines } from './edit-crontab.ts';
import { readCronShellWord } from './shell-word.ts';
import { lockCrontab } from './sync.ts';
import { readCrontab, writeCrontab } from './system-crontab.ts';

/** A line that a git jci installed for a repository that is not there any more. */
export interface DeadLine {
  /** The folder it changes to. */
  folder: string;
  name: string;
  /** Its disk may only be unmounted. */
  mayReturn: boolean;
}

/**
 * Finds the lines of ours, for whichever repository, whose folder does not exist or is no repository any more.
 * @throws JciError (3) when there is no crontab program, or it does not let the user have a crontab.
 */
export const findDeadLines = async (ctx: Context): Promise<DeadLine[]> => splitLines(await readCrontab(ctx)).flatMap(deadLine);

/**
 * Removes those that cannot return, and leaves every other byte alone.
 * @returns how many.
 * @throws JciError (3) when cron refuses.
 */
export async function removeDeadLines(ctx: Context, process: ProcessId): Promise<number> {
  const lock = await lockCrontab(ctx, process);
  try {
    const lines = splitLines(await readCrontab(ctx));
    const kept = lines.filter((line) => deadLine(line).every(({ mayReturn }) => mayReturn));
    if (kept.length < lines.length) await writeCrontab(ctx, kept.join(''));
    return lines.length - kept.length;
  } finally {
    lock.release();
  }
}

/** At most one: only a line that is to the letter as we write them, and that nobody has commented out. */
function deadLine(line: string): DeadLine[] {
  const [, before = '', name] = /^([^#\s].*) # JCI:[0-9a-f]{64} \[([\w.-]+)\]\s*$/.exec(line) ?? [];
  const command = before.split(' ').slice(scheduleLength(before.split(' ')[0] ?? '')).join(' ');
  const folder = command.startsWith('cd ') ? readCronShellWord(command.slice('cd '.length)) : undefined;
  if (name === undefined || folder?.rest.startsWith(' && ') !== true || !folder.rest.includes(' cron run ')) return [];
  // A crontab is handled as one character per byte.
  const path = Buffer.from(folder.word, 'latin1');
  if (!folder.word.startsWith('/') || !isNoRepository(path)) return [];
  return [{ folder: path.toString('utf8'), name, mayReturn: mayReturn(path, Buffer.from(dirname(folder.word), 'latin1')) }];
}

/** A working tree has a `.git`, a git directory a `HEAD`. */
const isNoRepository = (folder: Buffer): boolean => ['/.git', '/HEAD'].every((name) => isGone(Buffer.concat([folder, Buffer.from(name)])));

/** Only if it certainly does not exist: a path that this user may not look at may well be there. */
function isGone(path: Buffer): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return hasCode(error, 'ENOTDIR');
  }
}

/** Where a disk was mounted, or a folder on it, an unmounted one leaves an empty folder or none. */
function mayReturn(folder: Buffer, parent: Buffer): boolean {
  const place = isGone(folder) ? parent : folder;
  try {
    return readdirSync(place).length === 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return true;
    throw error;
  }
}
