import { describe, expect, test } from 'vitest';
import type { Step } from '../../../../src/model/step.ts';
import { anchorAt, holding, placeAt, revealing } from '../../../../web/log/anchor.ts';
import { foldLines } from '../../../../web/log/folds.ts';
import { bottom, top, type Extent } from '../../../../web/log/scroll-model.ts';

const even = (rows: number): Extent => ({ rows, view: 800, rowHeight: 20, height: () => 20 });
const none = foldLines([], new Set());
const place = { row: 100, offset: 5 };

describe('what is anchored stays where it is', () => {
  test('the row at the top', () => {
    expect(placeAt(anchorAt(place, none), none, even(1000))).toEqual(place);
  });

  test('a line, whatever is folded above it', () => {
    const step: Step = { name: 'build', depth: 0, firstLine: 11, lastLine: 60, startMs: 0, durationMs: 1 };
    const folded = foldLines([step], new Set([0]));
    const anchor = holding(110, place, none, even(1000));
    expect(anchor).toEqual({ line: 110, y: 175 });
    expect(placeAt(anchor, folded, even(951))).toEqual({ row: 51, offset: 5 });
  });

  test('a line, when those above it turn out to be higher', () => {
    const anchor = revealing(500, top, none, even(1000));
    expect(placeAt(anchor, none, even(1000))).toEqual({ row: 485, offset: 13 });
    expect(placeAt(anchor, none, { ...even(1000), height: () => 100 })).toEqual({ row: 496, offset: 33 });
  });

  test('the end, while it grows', () => {
    expect(placeAt('end', none, even(1000))).toEqual(bottom(even(1000)));
    expect(placeAt('end', none, even(2000))).toEqual(bottom(even(2000)));
  });

  test('a line that is not there yet: the end, until it is', () => {
    const anchor = revealing(5000, top, none, even(0));
    expect(placeAt(anchor, none, even(0))).toEqual(top);
    expect(placeAt(anchor, none, even(1000))).toEqual(bottom(even(1000)));
    expect(placeAt(anchor, none, even(9000))).toEqual({ row: 4985, offset: 13 });
  });
});

describe('revealing', () => {
  test('leaves alone what is in view as a whole', () => {
    expect(revealing(111, place, none, even(1000))).toEqual({ line: 111, y: 195 });
  });

  test('brings what is covered by the header, cut off or out of view to a third', () => {
    for (const line of [101, 141, 1, 900]) expect(revealing(line, place, none, even(1000))).toEqual({ line, y: 267 });
  });
});
