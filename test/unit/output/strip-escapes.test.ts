import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeSequence } from '../../../src/output/escape-sequences.ts';
import { stripEscapes } from '../../../src/output/strip-escapes.ts';

const piece = fc.constantFrom('\x1b', '[', ']', 'm', '1', ';', '?', ' ', '\\', '\x07', '\n', 'x', '(', 'B', 'P', 'ü', '\x1b[31m', '\x1b]0;t\x07', '~');
const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test('takes out what the regular expression means', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(stripEscapes(Buffer.from(text)).toString()).toBe(text.replace(new RegExp(escapeSequence, 'g'), ''));
    }),
    { numRuns: 2000 },
  );
});

test('leaves every other byte as it is, and lines in their number', () => {
  const bytes = Buffer.from('\xff\x1b[1m\x9b\x00\x1b]8;;never ended\nnext\r\n', 'latin1');
  expect(stripEscapes(bytes)).toEqual(Buffer.from('\xff\x9b\x00\nnext\r\n', 'latin1'));
  expect(stripEscapes(Buffer.from('plain'))).toEqual(Buffer.from('plain'));
});
