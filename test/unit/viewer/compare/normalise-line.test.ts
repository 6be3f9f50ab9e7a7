import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseLine } from '../../../../src/viewer/compare/normalise-line.ts';

const number = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max }).map(String);
const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString());
const hex = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

/** Kinds of text that chance or the clock writes. */
const kinds: fc.Arbitrary<string>[] = [
  date,
  date.map((text) => text.slice(11, 19)),
  number(99_999).map((ms) => `in ${ms}ms`),
  number(99).map((s) => `in ${s}.25s`),
  number(999).map((ms) => `(${ms} ms)`),
  hex(12).map((text) => `0x${text}`),
  number(99_999).map((pid) => `sshd[${pid}]:`),
  fc.tuple(fc.integer({ min: 1_000_000_000, max: 1_999_999_999 }), hex(4)).map(([seconds, digits]) => `${seconds}-${digits}`),
  hex(8).map((text) => `/tmp/tmp.${text}/file`),
];

test('a line and itself with another time, address or process are the same', () => {
  const words = fc.constantFrom('building', 'ok 12', 'a.c:14:', 'error', '"quoted"', '');
  const pairs = fc.constantFrom(...kinds).chain((kind) => fc.tuple(kind, kind));
  fc.assert(
    fc.property(words, words, pairs, (before, after, [one, other]) => {
      expect(normaliseLine(`${before} ${one} ${after}`)).toBe(normaliseLine(`${before} ${other} ${after}`));
    }),
    { numRuns: 1000 },
  );
});

test('what differs otherwise stays different', () => {
  for (const [one, other] of [['exit 1', 'exit 2'], ['12 tests', '13 tests'], ['a.c:14: error', 'a.c:15: error'], ['v1.2.3', 'v1.2.4'], ['a[1', 'a[2'], ['git jci: failed', 'git jci: passed']] as const) {
    expect(normaliseLine(one)).not.toBe(normaliseLine(other));
  }
});

test('the header of a log is the same in every run', () => {
  const commits = ['a', 'b'].map((digit) => normaliseLine(`git jci: run 1700000000-00aa of ${digit.repeat(40)} (main)`));
  expect(new Set(commits).size).toBe(1);
});
