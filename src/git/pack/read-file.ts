import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { DiskPath } from './raw-path.ts';

/** Not through a link that took the file's place meanwhile, and without waiting for the writer of a FIFO. */
export const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads a file whole: the content, valid until the next call, or `undefined` if there is more than the limit.
 * @param expectedBytes its size when it was last looked at: if just that many bytes come, no further look is taken.
 * @throws the system error when it cannot be read, and one of code `ENOENT` when it is not a regular file any more.
 */
export type FileReader = (path: DiskPath, expectedBytes?: number) => Buffer | undefined;

/**
 * A reader of small files.
 *
 * One buffer and blocking calls: for ten thousand files of 1 KiB 0.1 s, against 0.6 s with `readFileSync` and 0.2 to
 * 0.3 s with any pool of asynchronous reads.
 */
export function createFileReader(limitBytes: number): FileReader {
  // One byte more tells a file of exactly the limit from a larger one.
  const buffer = Buffer.allocUnsafeSlow(limitBytes + 1);
  return (path, expectedBytes = 0) => {
    if (expectedBytes > limitBytes) return undefined;
    const fd = openSync(path, readFlags);
    try {
      const size = expectedBytes > 0 ? readSync(fd, buffer, 0, buffer.length, 0) : 0;
      // More was asked for: a file that gives just what it had has ended.
      if (size > 0 && size === expectedBytes && size <= limitBytes) return buffer.subarray(0, size);
      return readChecked(fd, buffer, limitBytes);
    } finally {
      closeSync(fd);
    }
  };
}

function readChecked(fd: number, buffer: Buffer, limitBytes: number): Buffer | undefined {
  const stats = fstatSync(fd);
  if (!stats.isFile()) throw notAFile();
  if (stats.size > limitBytes) return undefined;
  const size = readAll(fd, buffer);
  return size > limitBytes ? undefined : buffer.subarray(0, size);
}

/** A file that was replaced by something else is as gone as one that was removed. */
export const notAFile = (): Error => Object.assign(new Error('no longer a regular file'), { code: 'ENOENT' });

function readAll(fd: number, buffer: Buffer): number {
  let size = 0;
  while (size < buffer.length) {
    const read = readSync(fd, buffer, size, buffer.length - size, size);
    if (read === 0) break;
    size += read;
  }
  return size;
}
