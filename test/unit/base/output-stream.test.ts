import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { outputStream } from '../../../src/base/output-stream.ts';

const terminal = (columns: number, rows: number): NodeJS.WriteStream => Object.assign(new PassThrough(), { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;

test('a size of nothing is an unknown size', () => {
  const [known, unknown] = [outputStream(() => terminal(120, 40)), outputStream(() => terminal(0, 0))];
  expect([known.columns, known.rows]).toEqual([120, 40]);
  expect([unknown.columns, unknown.rows]).toEqual([undefined, undefined]);
});

const systemError = (code: string): Error => Object.assign(new Error(`${code}: of the test, write`), { code });

/** A file on a full disk throws at once, a pipe tells later. */
const broken = (code: string, how: 'at once' | 'later'): NodeJS.WriteStream =>
  Object.assign(
    new Writable({
      write(_chunk, _encoding, done) {
        if (how === 'at once') throw systemError(code);
        setImmediate(done, systemError(code));
      },
    }),
    { isTTY: false },
  ) as unknown as NodeJS.WriteStream;

test.each(['at once', 'later'] as const)('an error of any kind (%s) is no more than the end of the stream', async (how) => {
  const stream = outputStream(() => broken('ENOSPC', how));
  stream.write('one\n');
  await stream.flushed();
  stream.write('two\n');
  await stream.drained();
  expect([stream.closed, stream.failure?.message]).toEqual([true, 'ENOSPC: of the test, write']);
});

test('a reader who has gone is no failure', async () => {
  const stream = outputStream(() => broken('EPIPE', 'later'));
  stream.write('one\n');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect([stream.closed, stream.failure]).toEqual([true, undefined]);
});
