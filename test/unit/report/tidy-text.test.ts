import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawTextLimit, tidyBlock, tidyLine } from '../../../src/report/tidy-text.ts';

const same = (text: string): string => text;
const hide = (secret: string) => (text: string) => text.replaceAll(secret, '***');

describe('tidyLine', () => {
  test.each([
    ['  a \n b\t\tc ', 'a b c'],
    ['a\0b\x07c', 'abc'],
    ['\x1b[31mred\x1b[0m', 'red'],
    ['', ''],
    ['\ud83d alone', '\ufffd alone'],
  ])('%j becomes %j', (raw, tidy) => expect(tidyLine(raw, 99, same)).toBe(tidy));
});

describe('tidyBlock', () => {
  test.each([
    ['\n  \n  a\r\n\tb\rc\n\n', '  a\n\tb\nc'],
    ['a\0\x1b[1mb\x1b[22m\u009dc', 'abc'],
    [' \n\t\n', ''],
  ])('%j becomes %j', (raw, tidy) => expect(tidyBlock(raw, 99, same)).toBe(tidy));

  test('cuts at the limit and says so', () => {
    expect(tidyBlock('abcde', 5, same)).toBe('abcde');
    expect(tidyBlock('abcdef', 5, same)).toBe('abcd…');
  });

  test('does not leave half a character at the cut', () => {
    expect(tidyBlock('abc😀d', 5, same)).toBe('abc\ufffd…');
  });
});

describe('secrets', () => {
  test('one that straddles the limit is hidden before the cut', () => {
    expect(tidyBlock('1234567 hunter2', 12, hide('hunter2'))).toBe('1234567 ***');
  });

  test('one that colours or white space had taken apart is found', () => {
    expect(tidyLine('a hun\x1b[1mter2', 99, hide('hunter2'))).toBe('a ***');
    expect(tidyLine('a  my\n pass', 99, hide('my pass'))).toBe('a ***');
    expect(tidyLine('a my  pass', 99, hide('my  pass'))).toBe('a ***');
  });

  test('the half of one at the end of a text that the reader had cut is not shown', () => {
    const secret = 'S'.repeat(1000);
    const raw = `${`${secret} `.repeat(65)}${'S'.repeat(500)}`.slice(0, rawTextLimit);
    const tidy = tidyBlock(raw, 16_000, hide(secret));
    expect(tidy).not.toContain('S');
  });

  test('no secret is ever seen, wherever it stands', () => {
    const secret = 'hunter2-token';
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(60), (before, after, limit) => {
        const raw = `${'x'.repeat(before)}${secret}${'y'.repeat(after)}`;
        const tidy = tidyBlock(raw, limit, hide(secret));
        expect(tidy).not.toMatch(/[hunterko2-]/);
        expect(tidy.length).toBeLessThanOrEqual(Math.max(limit, 1));
      }),
    );
  });
});
