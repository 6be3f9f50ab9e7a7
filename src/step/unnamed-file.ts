import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

/** Output kept until it may be shown: on disk, so that memory stays flat, but under no name, since nobody has masked it yet. */
export interface UnnamedFile {
  append(chunk: Uint8Array): void;
  /** Gives everything, from the beginning. */
  read(take: (chunk: Buffer) => void): void;
  close(): void;
}

/** @param path where it stands for the moment until its name is taken away. */
export function openUnnamedFile(path: string): UnnamedFile {
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  let size = 0;
  return {
    append(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const written = writeSync(fd, chunk, at, chunk.length - at, size);
        at += written;
        size += written;
      }
    },
    read(take) {
      const buffer = Buffer.alloc(64 * 1024);
      for (let at = 0; at < size; ) {
        const read = readSync(fd, buffer, 0, buffer.length, at);
        if (read === 0) return;
        take(buffer.subarray(0, read));
        at += read;
      }
    },
    close: () => closeSync(fd),
  };
}
