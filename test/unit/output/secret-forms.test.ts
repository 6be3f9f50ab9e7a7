import { expect, test } from 'vitest';
import { secretForms } from '../../../src/output/secret-forms.ts';

test.each([
  ['one line', 'hunter22', ['hunter22']],
  ['line ends around it', '\r\nhunter22\n\n', ['hunter22']],
  ['lines', 'first-line\nsecond-line', ['first-line\nsecond-line', 'first-line', 'second-line']],
  ['CR LF', 'first-line\r\nsecond-line', ['first-line\r\nsecond-line', 'first-line', 'second-line']],
  ['short lines count in the whole only', 'abc\ndef\n\nlong-enough', ['abc\ndef\n\nlong-enough', 'long-enough']],
  ['equal lines once', 'abcdef\nabcdef', ['abcdef\nabcdef', 'abcdef']],
  ['spaces belong to it', '  abcd', ['  abcd']],
  ['too short', 'abcde', []],
  ['too short without its line end', 'abcde\n', []],
  ['bytes count, not characters', 'äöü', ['äöü']],
  ['blank', ' \t      ', []],
  ['blank lines', 'hunter22\n         \nhunter33', ['hunter22\n         \nhunter33', 'hunter22', 'hunter33']],
  ['empty', '', []],
])('%s', (_, secret, forms) => {
  expect(secretForms(Buffer.from(secret)).map(String)).toEqual(forms);
});
