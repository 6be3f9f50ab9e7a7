import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { hasCode, usageError } from './errors.ts';

/** Far more than anybody writes by hand. */
const maxBytes = 1024 * 1024;

/**
 * Reads a file that comes with a repository, where it may as well be a link to a device or a pipe that never ends.
 * @param shown how the user knows it.
 * @returns `undefined` if there is none.
 * @throws JciError (usage) if it is no regular file, or larger than 1 MiB.
 */
export function readSmallFile(path: string, shown: string): string | undefined {
  if (!isSmallFile(path, shown)) return undefined;
  const fd = openSync(path, 'r');
  try {
    return readAll(fd, shown);
  } finally {
    closeSync(fd);
  }
}

/**
 * For a file that somebody else reads.
 * @returns false if there is none.
 * @throws JciError (usage), like `readSmallFile`.
 */
export function isSmallFile(path: string, shown: string): boolean {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw usageError(`${shown} is not a regular file`, { hint: `ls -l ${shown}` });
    if (found.size > maxBytes) throw tooLarge(shown);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** Not by the size it gives: files of /proc say 0. */
function readAll(fd: number, shown: string): string {
  const bytes = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (let got = -1; got !== 0 && length < bytes.length; length += got) got = readSync(fd, bytes, length, bytes.length - length, null);
  if (length > maxBytes) throw tooLarge(shown);
  return bytes.toString('utf8', 0, length);
}

const tooLarge = (shown: string): Error => usageError(`${shown} is larger than 1 MiB`, { hint: `ls -lL ${shown}` });
