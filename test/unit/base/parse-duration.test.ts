import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JciError } from '../../../src/base/errors.ts';
import { parseDuration } from '../../../src/base/parse-duration.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

describe('parseDuration', () => {
  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['4h', 14_400_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['500ms', 500],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    [' 10s ', 10_000],
    ['0s', 0],
  ])('reads %j', (text, expected) => {
    expect(parseDuration(text, 'x')).toBe(expected);
  });

  test('m means months where something ages', () => {
    expect(parseDuration('6m', 'x', 'months')).toBe(180 * units.d);
    expect(parseDuration('6ms', 'x', 'months')).toBe(6);
    expect(parseDuration('1m1d', 'x', 'months')).toBe(31 * units.d);
  });

  test.each(['', ' ', '30', 'm', '-5s', '1h 30m', '5y', '1e3s', '5 s', '1h30', 'soon', '5s!', '٣s', `${'9'.repeat(400)}s`])(
    'refuses %j, naming the option and how to write it',
    (text) => {
      const refused = (): number => parseDuration(text, '--timeout');
      expect(refused).toThrow(JciError);
      expect(refused).toThrow(`--timeout: '${text}' is not a duration`);
    },
  );

  test('a sum of parts is the sum of their values', () => {
    const part = fc.record({ count: fc.nat(1000), unit: fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const text = parts.map(({ count, unit }) => `${count}${unit}`).join('');
        expect(parseDuration(text, 'x')).toBe(parts.reduce((sum, { count, unit }) => sum + count * units[unit], 0));
      }),
    );
  });

  test('anything else is a whole number of ms or a refusal, never another error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.msh dw-') }), (text) => {
        try {
          const value = parseDuration(text, 'x');
          expect(Number.isInteger(value) && value >= 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(JciError);
        }
      }),
    );
  });
});
