import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTail } from '../../../../src/cli/logs/find-tail.ts';
import { keepLines, type LineRange } from '../../../../src/cli/logs/line-filters.ts';
import { chunked } from '../../output/masking.ts';

const logs = fc.array(fc.constantFrom('a', 'bc', '\n', '\n', 'ä'), { maxLength: 60 }).map((parts) => parts.join(''));
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

/** Each with its line feed, if it has one. */
const linesOf = (log: string): string[] => log.match(/[^\n]*\n|[^\n]+$/g) ?? [];

async function kept(ranges: readonly LineRange[], chunks: readonly Buffer[]): Promise<string> {
  const out: Buffer[] = [];
  const filter = keepLines(ranges, {
    take(chunk) {
      out.push(Buffer.from(chunk));
      return Promise.resolve(true);
    },
    end: () => Promise.resolve(),
  });
  for (const chunk of chunks) if (!(await filter.take(chunk))) break;
  return Buffer.concat(out).toString();
}

describe('ranges of lines', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.oneof(fc.nat(20), fc.constant(Infinity))).map(([first, more]) => ({ first, last: first + more }));

  test('are cut out byte for byte, also where they overlap and however the log is cut', async () => {
    await fc.assert(
      fc.asyncProperty(logs, sizes, fc.array(range, { minLength: 1, maxLength: 4 }), async (log, at, ranges) => {
        const expected = linesOf(log).filter((_, index) => ranges.some(({ first, last }) => index + 1 >= first && index + 1 <= last));
        expect(await kept(ranges, chunked(Buffer.from(log), at))).toBe(expected.join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('nothing is read behind the last of them', async () => {
    const filter = keepLines([{ first: 2, last: 2 }], { take: () => Promise.resolve(true), end: () => Promise.resolve() });
    expect(await filter.take(Buffer.from('1\n2'))).toBe(true);
    expect(await filter.take(Buffer.from('\n'))).toBe(false);
  });

  test('nor when nobody reads any more', async () => {
    const filter = keepLines([{ first: 1, last: 9 }], { take: () => Promise.resolve(false), end: () => Promise.resolve() });
    expect(await filter.take(Buffer.from('1\n2'))).toBe(false);
  });

  test('keep a line of many MiB whole', async () => {
    const log = Buffer.concat([Buffer.from('1\n'), Buffer.alloc(5 * 1024 * 1024, 'x'), Buffer.from('\n3\n')]);
    expect(await kept([{ first: 2, last: 2 }], [log.subarray(0, 2_000_000), log.subarray(2_000_000)])).toHaveLength(5 * 1024 * 1024 + 1);
  });

  test('are not moved one by one when half a million lie behind', async () => {
    const behind = Array.from({ length: 500_000 }, () => ({ first: 1, last: 1 }));
    expect(await kept([...behind, { first: 3, last: 3 }], [Buffer.from('1\n2\n3\n4\n')])).toBe('1\n3\n');
  });
});

describe('the last lines', () => {
  const tail = (count: number, chunks: readonly Buffer[]): { firstLine: number; text: string | undefined } => {
    const finder = findTail(count);
    for (const chunk of chunks) finder.take(chunk);
    const { firstLine, bytes } = finder.end();
    return { firstLine, text: bytes?.toString() };
  };

  test('are the last ones however the log is cut', () => {
    fc.assert(
      fc.property(logs, sizes, fc.nat(40), (log, at, count) => {
        const lines = linesOf(log);
        const firstLine = Math.max(lines.length - count, 0) + 1;
        expect(tail(count, chunked(Buffer.from(log), at))).toEqual({ firstLine, text: lines.slice(firstLine - 1).join('') });
      }),
      { numRuns: 1000 },
    );
  });

  test('do not depend on chunks with nothing in them', () => {
    expect(tail(1, [Buffer.from('1\n2\n'), Buffer.alloc(0)])).toEqual({ firstLine: 2, text: '2\n' });
    expect(tail(5, [Buffer.alloc(0)])).toEqual({ firstLine: 1, text: '' });
  });

  test('are only named when they are too much to be held', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const chunks = [Buffer.from('1\n2\n3\n'), ...Array.from({ length: 40 }, () => chunk), Buffer.from('\n5\n')];
    expect(tail(2, chunks)).toEqual({ firstLine: 4, text: undefined });
    expect(tail(1, chunks).firstLine).toBe(5);
  });
});
