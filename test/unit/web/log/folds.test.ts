import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../../src/model/step.ts';
import { foldLines, stepsAround } from '../../../../web/log/folds.ts';

const step = (firstLine: number, lastLine: number, depth = 0): Step => ({ name: 'step', depth, firstLine, lastLine, startMs: 0, durationMs: 1 });
const steps = [step(2, 10), step(4, 6, 1), step(12, 15)];
const seen = (folded: number[], lines: number): number[] => {
  const folds = foldLines(steps, new Set(folded));
  return Array.from({ length: folds.rows(lines) }, (_, row) => folds.line(row));
};

describe('foldLines', () => {
  test.each([
    [[], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
    [[1], [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
    [[0], [1, 2, 11, 12, 13, 14, 15, 16]],
    [[0, 1, 2], [1, 2, 11, 12, 16]],
  ])('folded %j', (folded, lines) => {
    expect(seen(folded, 16)).toEqual(lines);
  });

  test('a hidden line stands for the head that hides it', () => {
    const folds = foldLines(steps, new Set([1]));
    expect(folds.isHidden(5)).toBe(true);
    expect(folds.line(folds.row(5))).toBe(4);
  });

  test('a log that ends inside a fold', () => {
    expect(seen([2], 13)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('rows and lines belong together, however steps lie', () => {
    const anySteps = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 30 })), { maxLength: 8 });
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 90 }), (pairs, total) => {
        const list = pairs.map(([first, more]) => step(first, first + more)).sort((a, b) => a.firstLine - b.firstLine);
        const folds = foldLines(list, new Set(list.keys()));
        const open = Array.from({ length: total }, (_, index) => index + 1).filter((line) => !list.some(({ firstLine, lastLine }) => line > firstLine && line <= lastLine));
        expect(Array.from({ length: folds.rows(total) }, (_, row) => folds.line(row))).toEqual(open);
        for (const line of open) expect(folds.line(folds.row(line))).toBe(line);
      }),
    );
  });

  test('the steps around a line, the outermost first', () => {
    expect(stepsAround(steps, 5)).toEqual([0, 1]);
    expect(stepsAround(steps, 11)).toEqual([]);
  });
});
