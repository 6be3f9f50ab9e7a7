import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunked, maskAll } from './masking.ts';
import { hide } from './naive-mask.ts';

describe('against a simple model', () => {
  const secret = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 12 });
  const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 }));
  const sizes = fc.array(size, { minLength: 1, maxLength: 20 });

  test('any secrets, any text, any chunks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'aaab', 'ababab'), maxLength: 60 });
    const secrets = fc.array(secret, { maxLength: 4 });
    fc.assert(
      fc.property(secrets, text, sizes, (values, whole, lengths) => {
        const masked = maskAll(chunked(Buffer.from(whole), lengths), values);
        expect(masked).toBe(hide(whole, values));
        for (const rest of masked.split('***')) {
          for (const value of values.map((one) => one.replace(/^\n+|\n+$/g, '')).filter((one) => one.length >= 6)) {
            expect(rest).not.toContain(value);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('texts that are made of their secrets', () => {
    const scenario = fc
      .array(secret, { minLength: 1, maxLength: 4 })
      .chain((secrets) => fc.tuple(fc.constant(secrets), fc.array(fc.constantFrom(...secrets, 'a', 'b', '\n'))));
    fc.assert(
      fc.property(scenario, sizes, ([secrets, pieces], lengths) => {
        const whole = pieces.join('');
        expect(maskAll(chunked(Buffer.from(whole), lengths), secrets)).toBe(hide(whole, secrets));
      }),
      { numRuns: 1000 },
    );
  });

  const lineWith = (...starts: string[]): fc.Arbitrary<string> =>
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'abab', 'bbbaaa'), maxLength: 12 }),
      fc
        .tuple(
          fc.constantFrom('::add-mask::', ' \t::add-mask::', ...starts),
          fc.string({ unit: fc.constantFrom('a', 'b', '%0A', '%25', 'abab'), maxLength: 12 }),
        )
        .map((parts) => parts.join('')),
    );
  const fewSecrets = fc.array(secret, { maxLength: 2 });

  test('secrets that the text itself adds', () => {
    const lines = fc.array(lineWith('a::add-mask::', '::add-mask:'), { maxLength: 8 });
    fc.assert(
      fc.property(fewSecrets, lines, sizes, (secrets, all, lengths) => {
        const whole = all.join('\n');
        expect(maskAll(chunked(Buffer.from(whole), lengths), secrets)).toBe(hide(whole, secrets));
      }),
      {
        numRuns: 2000,
        // The second value stands in the first together with its real line end, so that only the mixture is a secret.
        examples: [[[], ['::add-mask::abab%0A%0A%0Aa', '::add-mask::abab%0A%0A', 'a'], [1]]],
      },
    );
  });

  test('chunk borders make no difference, even if markers are secrets', () => {
    const lines = fc.array(lineWith('::add-mask::::add-mask::', '::add-mask::add-mask::'), { maxLength: 8 });
    fc.assert(
      fc.property(fewSecrets, lines, sizes, (secrets, all, lengths) => {
        const whole = Buffer.from(all.join('\n'));
        expect(maskAll(chunked(whole, lengths), secrets)).toBe(maskAll([whole], secrets));
      }),
      { numRuns: 1000 },
    );
  });
});
