import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsToMs } from '../../../src/report/seconds.ts';

test.each([
  ['0.5', 500],
  ['0', 0],
  ['0.', 0],
  ['.25', 250],
  ['  2 ', 2000],
  ['0.1234567', 123.457],
  ['1.5e-05', 0.015],
  ['1,234.5', 1_234_500],
  ['1,234', 1_234_000],
  ['12,345,678.9', 12_345_678_900],
  ['1.234,5', 1_234_500],
  ['0,25', 250],
  ['12,5', 12_500],
  ['0,123', 123],
])('%j is %d ms', (text, ms) => expect(secondsToMs(text)).toBe(ms));

test.each([undefined, '', ' ', '-1', 'NaN', 'Infinity', '1e300', 'fast', '1,2,3', '1 s', '0x']) (
  '%j is no time',
  (text) => expect(secondsToMs(text)).toBeNull(),
);

test('writes any duration with thousands separators and reads it back', () => {
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e11 }), (ms) => {
      expect(secondsToMs(format.format(ms / 1000))).toBe(ms);
    }),
  );
});
