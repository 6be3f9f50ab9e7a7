import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bottom, fromScrollTop, isAtBottom, mostHeight, moved, revealing, scrolled, scrollHeight, top, toScrollTop, type Extent } from '../../../../web/log/scroll-model.ts';

const even = (rows: number): Extent => ({ rows, view: 800, rowHeight: 20, height: () => 20 });
const wrapped = (rows: number): Extent => ({ rows, view: 800, rowHeight: 20, height: (row) => (row % 7 === 0 ? 60 : 20) });
const extents = fc.tuple(fc.integer({ min: 1, max: 3_000_000 }), fc.boolean()).map(([rows, wraps]) => (wraps ? wrapped(rows) : even(rows)));

describe('scroll model', () => {
  test('never asks for more height than browsers have', () => {
    expect(scrollHeight(even(100))).toBe(2000);
    expect(scrollHeight(even(1_500_000))).toBe(mostHeight);
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

  test('a small step of the browser is a small step in the log, a drag a far one', () => {
    const extent = even(3_000_000);
    const place = { row: 1000, offset: 5 };
    expect(scrolled(place, 5000, 5100, extent)).toEqual({ row: 1005, offset: 5 });
    expect(scrolled(place, 5000, mostHeight / 2, extent).row).toBeGreaterThan(1_400_000);
    expect(scrolled(place, 5000, 0, extent)).toEqual(top);
    expect(scrolled(place, 5000, mostHeight, extent)).toEqual(bottom(extent));
  });

  test('reveals a row a third down the view, and leaves alone what is in it', () => {
    const extent = even(1000);
    expect(revealing(500, top, extent)).toEqual({ row: 486, offset: 13 });
    expect(revealing(10, { row: 5, offset: 3 }, extent)).toEqual({ row: 5, offset: 3 });
    expect(revealing(999, top, extent)).toEqual(bottom(extent));
    expect(revealing(0, { row: 50, offset: 0 }, extent)).toEqual(top);
  });
});
