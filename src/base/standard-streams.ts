import { fstatSync, type BigIntStats } from 'node:fs';
import { outputStream, type Descriptor, type OutputStream } from './output-stream.ts';
import { createWriteQueue } from './write-queue.ts';

/**
 * Where this process writes to. What goes to one file or terminal by both ways gets there in the order it was written;
 * otherwise neither waits for the other.
 */
export function standardStreams(): { stdout: OutputStream; stderr: OutputStream } {
  const [out, err] = [fstatSync(1, { bigint: true }), fstatSync(2, { bigint: true })];
  const queue = createWriteQueue();
  const isShared = out.dev === err.dev && out.ino === err.ino;
  return {
    stdout: outputStream(descriptor(1, out, () => process.stdout), queue),
    stderr: outputStream(descriptor(2, err, () => process.stderr), isShared ? queue : createWriteQueue()),
  };
}

/** Node's own stream knows the terminal; for anything else it is not opened, since it makes pipes non-blocking for all who share them. */
function descriptor(fd: number, stats: BigIntStats, stream: () => NodeJS.WriteStream): Descriptor {
  const terminal = (): NodeJS.WriteStream | undefined => (stats.isCharacterDevice() && stream().isTTY ? stream() : undefined);
  return {
    fd,
    get isTTY() {
      return terminal() !== undefined;
    },
    get columns() {
      return terminal()?.columns;
    },
    get rows() {
      return terminal()?.rows;
    },
  };
}
