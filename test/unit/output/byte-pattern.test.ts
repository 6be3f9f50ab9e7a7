import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, findOccurrences, mergeRanges, type ByteRange } from '../../../src/output/byte-pattern.ts';

function find(text: string, pattern: string): { found: ByteRange[]; prefix: number } {
  const found: ByteRange[] = [];
  const prefix = findOccurrences(Buffer.from(text), compilePattern(Buffer.from(pattern)), found);
  return { found, prefix };
}

test.each([
  ['', 'ab', [], 0],
  ['a', 'ab', [], 1],
  ['ab', 'ab', [{ start: 0, end: 2 }], 0],
  ['abxab', 'ab', [{ start: 0, end: 2 }, { start: 3, end: 5 }], 0],
  ['abab', 'ab', [{ start: 0, end: 4 }], 0],
  ['xaaaay', 'aa', [{ start: 1, end: 5 }], 0],
  ['xaaaa', 'aa', [{ start: 1, end: 5 }], 1],
  ['abcabcab', 'abcabc', [{ start: 0, end: 6 }], 5],
  ['zzabcab', 'abcabd', [], 5],
])('in %j the pattern %j', (text, pattern, found, prefix) => {
  expect(find(text, pattern)).toEqual({ found, prefix });
});

test('agrees with looking at every position', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'aab', 'c'), maxLength: 60 });
  fc.assert(
    fc.property(text, word, (whole, pattern) => {
      const starts = [...whole].map((_, at) => at).filter((at) => whole.startsWith(pattern, at));
      const lengths = [...pattern].map((_, length) => length);
      const prefixes = lengths.filter((length) => whole.endsWith(pattern.slice(0, length)));
      const { found, prefix } = find(whole, pattern);
      expect(mergeRanges(found)).toEqual(mergeRanges(starts.map((start) => ({ start, end: start + pattern.length }))));
      expect(prefix).toBe(Math.max(...prefixes));
    }),
    { numRuns: 2000 },
  );
});

test('the pattern is a copy', () => {
  const bytes = Buffer.from('secret');
  const pattern = compilePattern(bytes);
  bytes.fill('x');
  expect(pattern.bytes.toString()).toBe('secret');
});

describe('mergeRanges', () => {
  test('sorts, joins what overlaps or touches, drops what is empty', () => {
    expect(
      mergeRanges([
        { start: 8, end: 9 },
        { start: 0, end: 4 },
        { start: 1, end: 2 },
        { start: 4, end: 5 },
        { start: 6, end: 6 },
      ]),
    ).toEqual([
      { start: 0, end: 5 },
      { start: 8, end: 9 },
    ]);
  });

  test('covers exactly the same positions', () => {
    const range = fc.tuple(fc.nat(20), fc.nat(6)).map(([start, size]) => ({ start, end: start + size }));
    const positions = (ranges: readonly ByteRange[]): number[] =>
      Array.from({ length: 30 }, (_, at) => at).filter((at) =>
        ranges.some(({ start, end }) => at >= start && at < end),
      );
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const merged = mergeRanges(ranges);
        expect(positions(merged)).toEqual(positions(ranges));
        merged.slice(1).forEach(({ start }, index) => expect(start).toBeGreaterThan(merged[index]?.end ?? Infinity));
      }),
    );
  });
});
