import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../../src/output/terminal-text.ts';

test.each([
  ['plain text, äöü 日本 🙂', 'plain text, äöü 日本 🙂'],
  ['tab\tstays', 'tab\tstays'],
  ['two\nlines\r\n', 'two\\nlines\\r\\n'],
  ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['\0\x08\x0b\x7f', '\\x00\\x08\\x0b\\x7f'],
  ['\x9b31m\x85', '\\x9b31m\\x85'],
  ['a\u202etxt.exe\u202c', 'a\\u202etxt.exe\\u202c'],
  ['\u2066x\u2069', '\\u2066x\\u2069'],
  ['\u202f\u2065\u206a\xa0', '\u202f\u2065\u206a\xa0'],
  ['back\\slash', 'back\\slash'],
  ['', ''],
])('%j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('nothing unsafe is left, and safe text is not touched', () => {
  const isUnsafe = (code: number): boolean =>
    (code < 0x20 && code !== 9) ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069);
  const code = fc.oneof(fc.nat(0xff), fc.integer({ min: 0x2020, max: 0x2070 }));
  const unit = code.map((number) => String.fromCharCode(number));
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const shown = printable(text);
      expect([...shown].some((character) => isUnsafe(character.charCodeAt(0)))).toBe(false);
      expect(printable(shown)).toBe(shown);
      if (![...text].some((character) => isUnsafe(character.charCodeAt(0)))) expect(shown).toBe(text);
    }),
  );
});
