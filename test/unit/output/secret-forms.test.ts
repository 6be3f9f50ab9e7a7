import { expect, test } from 'vitest';
import { secretForms } from '../../../src/output/secret-forms.ts';

test.each([
  ['one line', 'hunter22', ['hunter22']],
  ['line ends around it', '\r\nhunter22\n\n', ['hunter22']],
  ['lines', 'first-line\nsecond-line', ['first-line\nsecond-line', 'first-line', 'second-line', 'first-line%0Asecond-line']],
  ['CR LF', 'first-line\r\nsecond-line', ['first-line\r\nsecond-line', 'first-line', 'second-line', 'first-line%0D%0Asecond-line']],
  ['short lines count in the whole only', 'abc\ndef\n\nlong-enough', ['abc\ndef\n\nlong-enough', 'long-enough', 'abc%0Adef%0A%0Along-enough']],
  ['equal lines once', 'abcdef\nabcdef', ['abcdef\nabcdef', 'abcdef', 'abcdef%0Aabcdef']],
  ['spaces belong to it', '  abcd', ['  abcd']],
  ['too short', 'abcde', []],
  ['too short without its line end', 'abcde\n', []],
  ['bytes count, not characters', 'äöü', ['äöü']],
  ['blank', ' \t      ', []],
  ['blank lines', 'hunter22\n         \nhunter33', ['hunter22\n         \nhunter33', 'hunter22', 'hunter33', 'hunter22%0A         %0Ahunter33']],
  ['escaped, as in a message and in a property', 'pa%ss:word', ['pa%ss:word', 'pa%25ss:word', 'pa%ss%3Aword', 'pa%25ss%3Aword']],
  ['escaped in a property', 'pass,word', ['pass,word', 'pass%2Cword']],
  ['escaped in XML', 'p&ss<word', ['p&ss<word', 'p&amp;ss&lt;word']],
  ['escaped in XML more than it must be', 'p&ss>word', ['p&ss>word', 'p&amp;ss>word', 'p&amp;ss&gt;word']],
  ['quotes in XML', 'it"s-it', ['it"s-it', 'it&quot;s-it', 'it&#34;s-it']],
  ['too short, however long when escaped', '%%%%%', []],
  ['empty', '', []],
])('%s', (_, secret, forms) => {
  expect(secretForms(Buffer.from(secret)).map(String)).toEqual(forms);
});
