import { expect, test } from 'vitest';
import { visibleRange } from '../../../web/parts/visible-range.ts';

test('of a hundred thousand rows the visible ones are drawn, and a few around them', () => {
  expect(visibleRange(48_000, 960, 48, 100_000)).toEqual({ first: 990, end: 1030 });
  expect(visibleRange(0, 960, 48, 5)).toEqual({ first: 0, end: 5 });
  expect(visibleRange(1_000_000, 960, 48, 0)).toEqual({ first: 0, end: 0 });
});
