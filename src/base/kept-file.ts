import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isSystemError } from './errors.ts';

/** A pipe that somebody put there would hold us up for ever. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK;
const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** What we kept for later, and can do without: empty if it is gone, another user's, or no file. */
export function readKeptFile(path: string): Buffer {
  let fd: number | undefined;
  try {
    fd = openSync(path, readFlags);
    return fstatSync(fd).isFile() ? readFileSync(fd) : Buffer.alloc(0);
  } catch (error) {
    if (isSystemError(error)) return Buffer.alloc(0);
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Adds lines to such a file, in a folder that may have gone with it. @throws the system error. */
export function addKeptLines(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, appendFlags, 0o666);
  try {
    // The line feed in front ends what a crash has cut short.
    writeFileSync(fd, `\n${lines.join('\n')}\n`);
  } finally {
    closeSync(fd);
  }
}
