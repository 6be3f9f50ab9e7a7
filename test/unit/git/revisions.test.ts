import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JciError } from '../../../src/base/errors.ts';
import { exitCode } from '../../../src/base/exit-codes.ts';
import { checkRevision, isRange } from '../../../src/git/revisions.ts';

function refusalOf(text: string): JciError | undefined {
  try {
    checkRevision(text);
    return undefined;
  } catch (error) {
    if (error instanceof JciError) return error;
    throw error;
  }
}

describe('checkRevision', () => {
  test.each(['HEAD', 'main~3', 'a..b', '^main', ':/message', 'v1.0^{tree}', '@{-1}', 'ü', 'a b', 'HEAD:a-file', 'x-'])('lets %j pass as it is', (text) => {
    expect(checkRevision(text)).toBe(text);
  });

  test.each(['', '-', '--output=evil', '-x', '--', 'a\nb', '\n', 'HEAD\n--all'])('refuses %j as a wrong use, on one line', (text) => {
    const error = refusalOf(text);
    expect(error?.exitCode).toBe(exitCode.usage);
    expect(error?.message).not.toContain('\n');
    expect(error?.hint).toBeDefined();
  });

  test('nothing that passes could be an option or two lines of stdin', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('-', '\n', '\r', 'a', ' ', '=', '.') }), (text) => {
        if (refusalOf(text) === undefined) expect(text).toMatch(/^[^-\n][^\n]*$/);
      }),
    );
  });
});

test.each([
  ['a..b', true],
  ['a...b', true],
  ['..b', true],
  ['^a', true],
  ['HEAD', false],
  ['HEAD^', false],
  ['v1.2.3', false],
])('isRange(%j) is %s', (text, expected) => {
  expect(isRange(text)).toBe(expected);
});
