import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAge, formatDuration } from '../../../src/base/duration.ts';

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [4249, '4.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 00 s'],
    [187_000, '3 min 07 s'],
    [3_599_600, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
    [86_400_000, '1 d 0 h'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('never shows 60 seconds, 60 minutes or 24 hours', () => {
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 1e9, noNaN: true }), (ms) => {
        expect(formatDuration(ms)).not.toMatch(/\b60(?:\.0)? s$|\b60 min|\b24 h|^\d+ ms$/);
      }),
    );
  });
});

test.each([
  [-5000, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 min ago'],
  [3_600_000, '1 h ago'],
  [47 * 3_600_000, '47 h ago'],
  [48 * 3_600_000, '2 d ago'],
  [14 * 86_400_000, '2 w ago'],
  [84 * 86_400_000, '2 months ago'],
])('an age of %d ms reads %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});
