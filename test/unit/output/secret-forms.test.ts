import { describe, expect, test } from 'vitest';
import { plainForms, secretForms } from '../../../src/output/secret-forms.ts';

describe('plain forms', () => {
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
    expect(plainForms(Buffer.from(secret)).map(String)).toEqual(forms);
  });
});

describe('all forms', () => {
  test.each([0, 1, 2, 3, 4, 5])('in base64, with %i bytes before it', (count) => {
    const forms = secretForms(Buffer.from('p?>ssw~rd')).map(String);
    for (const after of ['', 'x', 'xy', 'xyz']) {
      const text = Buffer.from(`${'u'.repeat(count)}p?>ssw~rd${after}`);
      for (const encoding of ['base64', 'base64url'] as const) expect(forms.filter((form) => text.toString(encoding).includes(form))).not.toEqual([]);
    }
  });

  test('of a short secret there are none, however long they would be', () => {
    expect(secretForms(Buffer.from('%%%%%'))).toEqual([]);
  });

  test('of lines only the whole is in base64', () => {
    const forms = secretForms(Buffer.from('first-line\nsecond-line')).map(String);
    expect(forms).toContain(Buffer.from('first-line\nsecond-line').toString('base64').slice(0, 29));
    expect(forms).not.toContain(Buffer.from('first-lin').toString('base64'));
  });
});
