import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { attempt } from './attempt.ts';

const groupStays = 0o2000;
const readAndWrite = 0o666;

/**
 * Gives a new file or folder of ours the rights that the folder around it has, if that is one for several users: then its
 * entries belong to its group. Everything else stays private.
 */
export function shareLikeParent(path: string): void {
  const { mode } = statSync(dirname(path));
  if ((mode & groupStays) === 0) return;
  const own = statSync(path);
  const wanted = mode & (own.isDirectory() ? 0o7777 : readAndWrite);
  if ((own.mode & 0o7777) !== wanted) chmodIfOurs(path, wanted);
}

/** Changes the rights of what this user may change them of. */
export function chmodIfOurs(path: string, mode: number): void {
  // Another user's has the rights that they gave it.
  attempt(() => chmodSync(path, mode));
}
