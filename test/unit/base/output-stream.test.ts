import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { outputStream } from '../../../src/base/output-stream.ts';

const terminal = (columns: number, rows: number): NodeJS.WriteStream => Object.assign(new PassThrough(), { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;

test('a size of nothing is an unknown size', () => {
  const [known, unknown] = [outputStream(() => terminal(120, 40)), outputStream(() => terminal(0, 0))];
  expect([known.columns, known.rows]).toEqual([120, 40]);
  expect([unknown.columns, unknown.rows]).toEqual([undefined, undefined]);
});
