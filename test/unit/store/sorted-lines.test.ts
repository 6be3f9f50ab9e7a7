import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addedLines, linesStarting } from '../../../src/store/sorted-lines.ts';

const text = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
const line = fc.string({ unit: fc.constantFrom(...'ab/0'), minLength: 1, maxLength: 6 });
const sorted = fc.uniqueArray(line, { maxLength: 40 }).map((lines) => lines.sort());

describe('the lines that are new', () => {
  test('are those that were not there before', () => {
    fc.assert(
      fc.property(sorted, sorted, (before, now) => {
        expect(addedLines(text(before), text(now), 100)).toEqual(now.filter((one) => !before.includes(one)));
      }),
      { numRuns: 500 },
    );
  });

  test('are all told of, whatever the order of the lines', () => {
    const shuffled = fc.uniqueArray(line, { maxLength: 20 });
    fc.assert(
      fc.property(shuffled, shuffled, (before, now) => {
        const added = addedLines(text(before), text(now), 100);
        expect(now.filter((one) => !before.includes(one) && added?.includes(one) !== true)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('are found among many, at both ends and between', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `refs/jci-runs/${String(index).padStart(40, '0')}/1`);
    const without = (...left: number[]): Buffer => text(names.filter((_, index) => !left.includes(index)));
    const added = [0, 1, 777, 778, 10_000, 19_999];
    expect(addedLines(without(...added), text(names), 6)).toEqual(added.map((index) => names[index]));
    expect(addedLines(without(...added), text(names), 5)).toBeUndefined();
    expect(addedLines(text(names), without(...added), 6)).toEqual([]);
    expect(addedLines(text(names), text(names), 0)).toEqual([]);
    expect(addedLines(text([]), text(names), 200)).toBeUndefined();
  });
});

test('lines that start so are all found, in their order', () => {
  fc.assert(
    fc.property(sorted, fc.string({ unit: fc.constantFrom(...'ab/0'), maxLength: 3 }), (lines, start) => {
      expect(linesStarting(text(lines), start)).toEqual(lines.filter((one) => one.startsWith(start)));
    }),
    { numRuns: 500 },
  );
});
