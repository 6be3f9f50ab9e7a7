import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bottom, distance, fromScrollTop, isAtBottom, mostHeight, moved, scrollHeight, top, toScrollTop, type Extent } from '../../../../web/log/scroll-model.ts';

const even = (rows: number): Extent => ({ rows, view: 800, rowHeight: 20, height: () => 20 });
const wrapped = (rows: number): Extent => ({ rows, view: 800, rowHeight: 20, height: (row) => (row % 7 === 0 ? 60 : 20) });
const extents = fc.tuple(fc.integer({ min: 1, max: 3_000_000 }), fc.boolean()).map(([rows, wraps]) => (wraps ? wrapped(rows) : even(rows)));

describe('scroll model', () => {
  test('never asks for more height than browsers have', () => {
    expect(scrollHeight(even(100))).toBe(2000);
    expect(scrollHeight(even(1_500_000))).toBe(mostHeight);
    // Whole pixels are told apart as browsers store them.
    expect(Math.fround(mostHeight - 0.5)).toBe(mostHeight - 0.5);
  });

  test('the last row ends where the view does', () => {
    expect(bottom(even(100))).toEqual({ row: 60, offset: 0 });
    expect(bottom({ ...even(3), view: 800 })).toEqual(top);
    expect(bottom({ ...even(100), view: 790 })).toEqual({ row: 60, offset: 10 });
  });

  test('short ways go pixel by pixel, there and back', () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: 1, max: 1500 }), fc.double({ min: 0.1, max: 0.9, noNaN: true }), (extent, pixels, part) => {
        const place = fromScrollTop(part * (scrollHeight(extent) - extent.view), extent);
        const there = moved(place, pixels, extent);
        if (isAtBottom(there, extent)) return;
        const back = moved(there, -pixels, extent);
        expect(back.row).toBe(place.row);
        expect(back.offset).toBeCloseTo(place.offset, 6);
      }),
    );
  });

  test('the scrollbar stands for the place, and the place for the scrollbar', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const scrollTop = part * (scrollHeight(extent) - extent.view);
        expect(toScrollTop(fromScrollTop(scrollTop, extent), extent)).toBeCloseTo(bottom(extent) === top ? 0 : scrollTop, 3);
      }),
    );
  });

  test('tells how far down a row is, if it is in view', () => {
    expect(distance({ row: 5, offset: 3 }, 10, even(1000))).toBe(97);
    expect(distance({ row: 5, offset: 3 }, 5, even(1000))).toBe(-3);
    expect(distance({ row: 5, offset: 0 }, 8, wrapped(1000))).toBe(100);
    expect(distance({ row: 5, offset: 0 }, 45, even(1000))).toBeUndefined();
    expect(distance({ row: 5, offset: 0 }, 4, even(1000))).toBeUndefined();
  });
});
