import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';

/** A file that takes what a child writes, for much output in small pieces: a pipe wakes both sides for each of them. */
export interface Spool {
  fd: number;
  /** Everything from its beginning. */
  read(): Buffer;
  close(): void;
}

/**
 * Opens a file that nobody else has, under no name.
 * @param path where it stands for the moment until its name is taken away.
 * @returns `undefined` where there can be none (no such folder, a read-only or full one, a name that is taken): a pipe does as well.
 */
export function openSpool(path: string): Spool | undefined {
  const fd = openNew(path);
  if (fd === undefined) return undefined;
  unlinkSync(path);
  return { fd, read: () => readAll(fd), close: () => closeSync(fd) };
}

function openNew(path: string): number | undefined {
  try {
    return openSync(path, 'wx+', 0o600);
  } catch {
    return undefined;
  }
}

function readAll(fd: number): Buffer {
  const content = Buffer.allocUnsafe(fstatSync(fd).size);
  let size = 0;
  for (let read = -1; size < content.length && read !== 0; size += read) read = readSync(fd, content, size, content.length - size, size);
  return content.subarray(0, size);
}
