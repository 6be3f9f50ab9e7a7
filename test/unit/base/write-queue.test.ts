import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWriteQueue, type WriteQueue } from '../../../src/base/write-queue.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-queue-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (queue: WriteQueue, fd: number, text: string): Promise<unknown> =>
  new Promise((resolve) => queue.write(fd, Buffer.from(text), resolve));

test('keeps the order of what two descriptors write', async () => {
  const path = join(folder, 'both');
  const [one, other] = [openSync(path, 'a'), openSync(path, 'a')];
  const queue = createWriteQueue();
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  await Promise.all(numbers.map((number) => written(queue, number % 3 === 0 ? one : other, `${number}\n`)));
  expect(readFileSync(path, 'utf8')).toBe(numbers.map((number) => `${number}\n`).join(''));
  closeSync(one);
  closeSync(other);
});

test('says what went wrong, and goes on with the others', async () => {
  const path = join(folder, 'file');
  const [readOnly, good] = [openSync('/dev/null', 'r'), openSync(path, 'w')];
  const queue = createWriteQueue();
  const [bad, fine] = await Promise.all([written(queue, readOnly, 'one'), written(queue, good, 'two')]);
  expect(bad).toMatchObject({ code: 'EBADF' });
  expect([fine, readFileSync(path, 'utf8')]).toEqual([undefined, 'two']);
  closeSync(readOnly);
  closeSync(good);
});

test.each([
  ['blocking', 0],
  ['non-blocking', constants.O_NONBLOCK],
])('waits for the reader of a %s pipe without holding up this thread', async (_name, flags) => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | flags);
  const text = '0123456789'.repeat(100_000);
  let isOver = false;
  const done = written(createWriteQueue(), writer, text).finally(() => (isOver = true));
  const buffer = Buffer.alloc(64 * 1024);
  let size = 0;
  while (!isOver) {
    await new Promise(setImmediate);
    size += readWhatThereIs(reader, buffer);
  }
  expect([await done, size + readWhatThereIs(reader, buffer)]).toEqual([undefined, text.length]);
  closeSync(reader);
  closeSync(writer);
});

test('ends when the reader leaves while it waits', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  const done = written(createWriteQueue(), writer, 'x'.repeat(1_000_000));
  await new Promise(setImmediate);
  closeSync(reader);
  expect(await done).toMatchObject({ code: 'EPIPE' });
  closeSync(writer);
});

/** @returns how many bytes there were. */
function readWhatThereIs(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer);
  } catch (error) {
    // Nothing at the moment.
    expect(error).toMatchObject({ code: 'EAGAIN' });
    return 0;
  }
}
