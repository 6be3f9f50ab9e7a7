import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelledPlaces, stackOf, verticalScale } from '../../../../web/chart/scale.ts';

const line = (...values: (number | null)[]) => ({ lines: [{ name: 'a', colour: 'red', values }] });

describe('the vertical scale of a chart', () => {
  test('begins at nothing and ends above all values', () => {
    const scale = verticalScale(line(3, null, 40));
    expect(scale.at(0)).toBe(0);
    expect(scale.at(40)).toBeLessThan(1);
    expect(scale.ticks).toEqual([0, 10, 20, 30, 40]);
  });

  test('ends above the sums of what stands on each other', () => {
    const lines = [{ name: 'a', colour: 'red', values: [3, null] }, { name: 'b', colour: 'blue', values: [40, 1] }];
    expect(stackOf(lines)).toEqual([[3, 0], [43, 1]]);
    const scale = verticalScale({ lines, stacked: true });
    expect(scale.at(43)).toBeGreaterThan(0.9);
    expect(scale.at(43)).toBeLessThan(1);
  });

  test('ends where it is told to, with the steps it is given', () => {
    const scale = verticalScale({ ...line(0.5), most: 1, steps: [0.25, 0.5] });
    expect(scale.ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(scale.at(1)).toBe(1);
  });

  test('has ticks for nothing at all', () => expect(verticalScale(line()).ticks).toEqual([0, 1]));

  test('never has more than a few ticks, all of them within it', () =>
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 0, max: 100_000_000 }), fc.maxSafeNat()), fc.constantFrom<number[] | undefined>(undefined, [1, 2, 5]), (value, steps) => {
        const { ticks, at } = verticalScale({ ...line(value), ...(steps === undefined ? {} : { steps }) });
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(Math.max(...ticks.map(at))).toBeLessThanOrEqual(1);
      }),
    ));
});

test('as many places have labels as find room, the first always', () => {
  expect(labelledPlaces(5, 10)).toEqual([0, 1, 2, 3, 4]);
  expect(labelledPlaces(100, 6)).toEqual([0, 20, 40, 60, 80]);
  expect(labelledPlaces(1, 0)).toEqual([0]);
});
