import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last bytes of a file as text, and how many bytes it has. @throws the system error. */
export function readTail(path: string, atMost: number): { text: string; bytes: number } {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, atMost));
    const read = readSync(fd, tail, 0, tail.length, size - tail.length);
    return { text: tail.toString('utf8', 0, read), bytes: size };
  } finally {
    closeSync(fd);
  }
}
