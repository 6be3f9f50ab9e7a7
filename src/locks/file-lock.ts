import { linkSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { readJsonFile } from '../base/json-file.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import { isAlive, type ProcessId } from '../proc/process-id.ts';

/**
 * A lock that outlives no holder, in a folder of its own, without flock (which Node does not have).
 *
 * The folder holds one file per generation: `<n>.lock` names the process that took it, and `<n>.free` says that this holder
 * gave it back. Whoever finds the newest generation free, or its holder dead, takes the next one by creating that name,
 * which only one process can do. Names are never used again, so nobody can take a lock away from a later holder by
 * mistake: the error that a plain pid file invites.
 */
export interface FileLock {
  release(): void;
}

interface Generation {
  number: number;
  free: boolean;
}

/**
 * Takes the lock if it can be had now.
 * @param folder absolute; made if missing.
 * @returns the lock, or the process that holds it.
 */
export async function tryLock(
  folder: string,
  self: ProcessId,
  platform: NodeJS.Platform,
): Promise<FileLock | { heldBy: ProcessId }> {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) shareLikeParent(folder);
  for (;;) {
    const newest = newestGeneration(folder);
    const holder = newest === undefined || newest.free ? undefined : holderOf(folder, newest.number);
    if (holder !== undefined && (await isAlive(holder, platform))) return { heldBy: holder };
    const mine = (newest?.number ?? 0) + 1;
    if (!claim(folder, mine, self)) continue;
    // Someone slower may have taken a generation that had already been passed and cleaned away.
    if (newestGeneration(folder)?.number !== mine) {
      // The later holder cleans it away too.
      removeIfThere(lockPath(folder, mine));
      continue;
    }
    forgetOlder(folder, mine);
    return { release: () => release(folder, mine) };
  }
}

/** True for the answer that is a lock. */
export const isLocked = (answer: FileLock | { heldBy: ProcessId }): answer is FileLock => 'release' in answer;

const lockPath = (folder: string, generation: number): string => join(folder, `${generation}.lock`);
const freePath = (folder: string, generation: number): string => join(folder, `${generation}.free`);

function newestGeneration(folder: string): Generation | undefined {
  const names = readdirSync(folder);
  const numbers = names.filter((name) => /^\d{1,15}\.lock$/.test(name)).map((name) => Number.parseInt(name, 10));
  if (numbers.length === 0) return undefined;
  const number = Math.max(...numbers);
  return { number, free: names.includes(`${number}.free`) };
}

/** A holder that died before it had written its name counts as dead; the file appears complete (see `claim`). */
function holderOf(folder: string, generation: number): ProcessId | undefined {
  const read = readJsonFile(lockPath(folder, generation));
  return isProcessId(read) ? read : undefined;
}

function isProcessId(value: unknown): value is ProcessId {
  return typeof value === 'object' && value !== null && 'pid' in value && 'started' in value;
}

/** Links a finished file to the name, so that nobody can see it empty; false if somebody else has the name. */
function claim(folder: string, generation: number, self: ProcessId): boolean {
  const draft = join(folder, `draft.${self.pid}.${generation}.${claims++}`);
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  shareLikeParent(draft);
  try {
    linkSync(draft, lockPath(folder, generation));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Tells drafts of one process apart; several locks may be asked for at once. */
let claims = 0;

function release(folder: string, generation: number): void {
  try {
    writeFileSync(freePath(folder, generation), '', { mode: 0o600 });
  } catch (error) {
    // The folder went together with what the lock was for.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function forgetOlder(folder: string, current: number): void {
  for (const name of readdirSync(folder)) {
    const generation = /^(\d+)\.(?:lock|free)$/.exec(name)?.[1];
    if (generation !== undefined && Number(generation) < current) removeIfThere(join(folder, name));
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    // Another process cleans up the same names.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
