import { closeSync, mkdirSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fatalError, hasCode, messageOf } from '../../base/errors.ts';
import { openSpool, type Spool } from '../../proc/spool.ts';

/** The bytes of a log, anywhere. */
export interface LogBytes {
  /** Those of a range, as far as there are any. Good until more come. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Bytes that come one after another. */
export interface GrowingBytes extends LogBytes {
  /** @throws JciError (128) where they find no room. */
  add(chunk: Buffer): void;
}

/** Smaller logs stay in memory. */
export const mostInMemory = 4 * 1024 * 1024;

/**
 * Keeps bytes in memory while they are few, and then in a file that has no name: nothing is left of it, however we end.
 * @param folder a private one, made if it is missing.
 * @param name of the file, for the moment that it has one: nobody else's.
 */
export function createLogBytes(folder: string, name: string): GrowingBytes {
  let memory = Buffer.alloc(0);
  let size = 0;
  let spool: Spool | undefined;

  function keep(chunk: Buffer): void {
    if (size + chunk.length > memory.length) {
      const larger = Buffer.allocUnsafe(Math.max(64 * 1024, 2 * (size + chunk.length)));
      memory.copy(larger, 0, 0, size);
      memory = larger;
    }
    chunk.copy(memory, size);
  }

  function moveToFile(): Spool {
    const file = makeFile(folder, name);
    writeAll(file.fd, memory.subarray(0, size), 0);
    memory = Buffer.alloc(0);
    return file;
  }

  return {
    add(chunk) {
      if (spool === undefined && size + chunk.length > mostInMemory) spool = moveToFile();
      if (spool === undefined) keep(chunk);
      else writeAll(spool.fd, chunk, size);
      size += chunk.length;
    },
    read: (offset, length) => (spool === undefined ? memory.subarray(offset, Math.min(offset + length, size)) : readFully(spool.fd, offset, Math.min(length, size - offset))),
    close: () => spool?.close(),
  };
}

/** Bytes of a file that somebody else writes. */
export const fileBytes = (fd: number): LogBytes => ({
  read: (offset, length) => readFully(fd, offset, length),
  close: () => closeSync(fd),
});

function makeFile(folder: string, name: string): Spool {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw noRoom(folder, error);
  }
  const spool = openSpool(join(folder, name));
  if (spool === undefined) throw noRoom(folder, new Error('no file can be made there'));
  return spool;
}

function writeAll(fd: number, bytes: Buffer, at: number): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
  } catch (error) {
    if (!hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO')) throw error;
    throw noRoom('the cache folder', error);
  }
}

const noRoom = (where: string, cause: unknown): Error =>
  fatalError(`the log finds no room in ${where}: ${messageOf(cause)}`, { hint: 'make room, or set XDG_CACHE_HOME to a folder with room', cause });

function readFully(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(length, 0));
  let size = 0;
  for (let read = -1; size < bytes.length && read !== 0; size += read) read = readSync(fd, bytes, size, bytes.length - size, offset + size);
  return bytes.subarray(0, size);
}
