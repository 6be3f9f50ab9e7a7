import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTerminalFilter } from '../../../src/output/terminal-log.ts';

const filter = (...chunks: string[]): string => {
  const terminal = createTerminalFilter();
  return chunks.map((chunk) => terminal.write(Buffer.from(chunk))).join('') + terminal.end();
};

test('text, tabs and colours pass', () => {
  expect(filter('a\tb\n\x1b[31;1mred\x1b[0m\r\n')).toBe('a\tb\n\x1b[31;1mred\x1b[0m\r\n');
  expect(filter('\x1b[38;2;1;2;3mtrue\x1b[m')).toBe('\x1b[38;2;1;2;3mtrue\x1b[m');
});

test.each([
  ['cursor movement', 'FAILED\x1b[2K\x1b[1Aok\n', 'FAILEDok\n'],
  ['a title', '\x1b]0;owned\x07text', 'text'],
  ['the clipboard', '\x1b]52;c;aGk=\x1b\\text', 'text'],
  ['a link', '\x1b]8;;javascript:x\x1b\\here\x1b]8;;\x1b\\', 'here'],
  ['a reset', '\x1bcgone', 'gone'],
  ['a bell and a backspace', 'a\x07b\x08c', 'abc'],
  ['C1 controls', 'a\u009b31mb', 'a31mb'],
  ['bidi overrides', 'a\u202eb', 'ab'],
])('%s does not', (_, text, expected) => {
  expect(filter(text)).toBe(expected);
});

test('a sequence that never ends hides no line behind it', () => {
  expect(filter('a\x1b]0;x\nFAILED: important\nmore\n')).toBe('a\nFAILED: important\nmore\n');
});

test('chunk borders make no difference', () => {
  const piece = fc.constantFrom('text', '\n', '\x1b[31m', '\x1b[0m', '\x1b]0;t\x07', '\x1b[2J', 'ü', '\x1b');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 6 }), (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(''));
      const borders = [0, ...[...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b), bytes.length];
      const terminal = createTerminalFilter();
      const inPieces = borders.slice(1).map((end, i) => terminal.write(bytes.subarray(borders[i], end))).join('') + terminal.end();
      expect(inPieces).toBe(filter(bytes.toString()));
    }),
  );
});
