import { expect, test } from 'vitest';
import { outputStream, type Descriptor, type OutputStream } from '../../../src/base/output-stream.ts';
import type { WriteQueue } from '../../../src/base/write-queue.ts';

const terminal = (columns: number, rows: number): Descriptor => ({ fd: 1, isTTY: true, columns, rows });

/** A queue that answers when it is told to. */
function heldQueue(): WriteQueue & { written: string; answer(error?: Error): void } {
  let waiting: ((error?: Error) => void)[] = [];
  const queue = {
    written: '',
    write(_fd: number, bytes: Uint8Array, done: (error?: Error) => void) {
      queue.written += Buffer.from(bytes).toString();
      waiting.push(done);
    },
    answer(error?: Error) {
      const done = waiting;
      waiting = [];
      for (const one of done) one(error);
    },
  };
  return queue;
}

const systemError = (code: string): Error => Object.assign(new Error(`${code}: of the test, write`), { code });

async function isOver(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}

test('a size of nothing is an unknown size', () => {
  const [known, unknown] = [outputStream(terminal(120, 40), heldQueue()), outputStream(terminal(0, 0), heldQueue())];
  expect([known.columns, known.rows]).toEqual([120, 40]);
  expect([unknown.columns, unknown.rows]).toEqual([undefined, undefined]);
});

const opened = (): { queue: ReturnType<typeof heldQueue>; stream: OutputStream } => {
  const queue = heldQueue();
  return { queue, stream: outputStream(terminal(80, 24), queue) };
};

test('an error of any kind is no more than the end of the stream', async () => {
  const { queue, stream } = opened();
  stream.write('one\n');
  queue.answer(systemError('ENOSPC'));
  await stream.flushed();
  stream.write('two\n');
  await stream.drained();
  expect([stream.closed, stream.failure?.message, queue.written]).toEqual([true, 'ENOSPC: of the test, write', 'one\n']);
});

test.each(['EPIPE', 'EIO', 'ECONNRESET'])('a reader who has gone (%s) is no failure', (code) => {
  const { queue, stream } = opened();
  stream.write('one\n');
  queue.answer(systemError(code));
  expect([stream.closed, stream.failure]).toEqual([true, undefined]);
});

test('is flushed when everything has left, and drained when there is room for more', async () => {
  const { queue, stream } = opened();
  stream.write('ä');
  expect([await isOver(stream.drained()), await isOver(stream.flushed())]).toEqual([true, false]);
  stream.write(Buffer.alloc(1_000_000));
  expect(await isOver(stream.drained())).toBe(false);
  queue.answer();
  expect([await isOver(stream.drained()), await isOver(stream.flushed())]).toEqual([true, true]);
});
