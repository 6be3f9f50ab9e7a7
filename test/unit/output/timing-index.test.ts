import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTimingIndex } from '../../../src/output/timing-index.ts';

interface Start {
  line: number;
  offset: number;
  ms: number;
}

function index(starts: readonly Start[], maxEntries?: number): Start[] {
  const timing = createTimingIndex(maxEntries === undefined ? {} : { maxEntries });
  for (const { line, offset, ms } of starts) timing.lineStarts(line, offset, ms);
  return parse(timing.text());
}

const parse = (text: string | undefined): Start[] =>
  (text ?? '').split('\n').slice(0, -1).map((entry) => {
    const [line = NaN, offset = NaN, ms = NaN] = entry.split(' ').map(Number);
    return { line, offset, ms };
  });

/** Lines of ten bytes, each so many ms after the one before. */
const steady = (count: number, msPerLine: number): Start[] =>
  Array.from({ length: count }, (_, at) => ({ line: at + 1, offset: at * 10, ms: at * msPerLine }));

describe('entries', () => {
  test('are text: line, offset, ms', () => {
    const timing = createTimingIndex();
    timing.lineStarts(1, 0, 7);
    timing.lineStarts(2, 31, 60);
    expect(timing.text()).toBe('1 0 7\n2 31 60\n');
  });

  test('none for nothing, none when all came at once', () => {
    expect(createTimingIndex().text()).toBeUndefined();
    const timing = createTimingIndex();
    steady(1000, 0).forEach(({ line, offset, ms }) => timing.lineStarts(line, offset, ms));
    expect(timing.text()).toBeUndefined();
  });

  test('50 ms apart', () => {
    const starts = [0, 49, 50, 99, 100, 500, 549, 550].map((ms, at) => ({ line: at + 1, offset: at, ms }));
    expect(index(starts).map(({ ms }) => ms)).toEqual([0, 50, 100, 500, 550]);
  });

  test('1000 lines apart', () => {
    expect(index(steady(3500, 0)).map(({ line }) => line)).toEqual([1, 1001, 2001, 3001]);
  });

  test('offsets beyond 4 GiB stay exact', () => {
    const far = { line: 5_000_000_000, offset: 2 ** 40 + 1, ms: 4_000_000_000 };
    expect(index([{ line: 1, offset: 0, ms: 0 }, far]).at(-1)).toEqual(far);
  });
});

describe('too many entries', () => {
  test('every second one goes, and later ones stand further apart', () => {
    expect(index(steady(6, 50), 4).map(({ ms }) => ms)).toEqual([0, 100, 200]);
    expect(index(steady(8, 50), 4).map(({ ms }) => ms)).toEqual([0, 100, 200, 300]);
    expect(index(steady(9, 50), 4).map(({ ms }) => ms)).toEqual([0, 200, 400]);
  });

  test('in lines as well as in time', () => {
    expect(index(steady(5001, 0), 4).map(({ line }) => line)).toEqual([1, 2001, 4001]);
    expect(index(steady(16_001, 0), 4).map(({ line }) => line)).toEqual([1, 8001, 16_001]);
  });

  test('a long log is covered from end to end', () => {
    const entries = index(steady(5000, 50), 64);
    expect(entries.length).toBeGreaterThan(32);
    expect(entries.length).toBeLessThanOrEqual(64);
    expect(entries[0]?.line).toBe(1);
    expect(entries.at(-1)?.line).toBeGreaterThan(4800);
  });
});

test('whatever the log, entries are true, in order and few', () => {
  const waitMs = fc.constantFrom(0, 0, 1, 20, 49, 50, 700);
  const line = fc.record({ bytes: fc.integer({ min: 1, max: 200 }), waitMs });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 300 }), fc.integer({ min: 2, max: 40 }), (lines, maxEntries) => {
      let offset = 0;
      let ms = 0;
      const starts = lines.map(({ bytes, waitMs }, at) => {
        offset += bytes;
        ms += waitMs;
        return { line: at + 1, offset: offset - bytes, ms };
      });
      const entries = index(starts, maxEntries);
      expect(entries.length).toBeLessThanOrEqual(maxEntries);
      entries.forEach((entry) => expect(entry).toEqual(starts[entry.line - 1]));
      const numbers = entries.map((entry) => entry.line);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }),
  );
});
