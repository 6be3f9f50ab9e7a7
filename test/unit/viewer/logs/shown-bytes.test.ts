import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLine } from '../../../../src/viewer/logs/show-line.ts';
import { shownBytes } from '../../../../src/viewer/logs/shown-bytes.ts';

const pieces = [
  'a', 'OK', 'needle', 'of many words', ':', '\v', ' ', '  ', '\t', 'ä', '✗', '😀', '\u0085', '\u00a0x', '\u202e', '\u2066', '\u2065', '\x00', '\x07', '\x7f', '1K', '2K',
  '\n', '\n', '\r\n', '\r', '\r\r', '\b', '::', '\n::', '\n  ::error file=a.c,line=3::b', '\n::group::a', '::add-mask::x', '\n\x1b[31m::error::x', '\n\x00::error::x',
  '\x1b[m', '\x1b[0m', '\x1b[1;31m', '\x1b[38;5;9m', '\x1b[K', '\x1b[0K', '\x1b[1K', '\x1b[2K', '\x1b[?2K', '\x1b[3K', '\x1b[2J', '\x1b[1', '\x1b[ q', '\x1b(B', '\x1b', '\x1b[',
  '\x1b]8;;https://a.example/1K\x07', '\x1b]0;title', '\x1b]8;;\x1b\\',
];
const logs = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

test('what is seen of many lines at once is what is seen of each', () => {
  fc.assert(
    fc.property(logs, fc.integer({ min: 0, max: 7 }), (log, offset) => {
      // Wherever in memory they are.
      const bytes = Buffer.from(`${'x'.repeat(offset)}${log}`).subarray(offset);
      expect(shownBytes(bytes).toString('utf8')).toBe(log.split('\n').map(plainLine).join('\n'));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['coloured', '\x1b[32mne\x1b[1medle\x1b[0m', 'needle'],
  ['gone from the left', '10%\r20% of it\r30%', '30% of it'],
  ['deleted before', 'abc\x1b[2K\rx', 'x'],
  ['deleted with blanks left', 'abc\x1b[2Kx', '   x'],
  ['with links', '\x1b]8;;https://a.example\x07link\x1b]8;;\x07', 'link'],
])('a line that is %s', (_, log, seen) => {
  expect(shownBytes(Buffer.from(`${log}\n${log}\r`)).toString()).toBe(`${seen}\n${seen}`);
});

test('plain lines are not copied', () => {
  const bytes = Buffer.from('a ✗ b\n\tc: ::no command\n');
  expect(shownBytes(bytes)).toBe(bytes);
});

test('a line too long to be settled is taken as it stands', () => {
  const log = `${'working \r'.repeat(10_000)}done`;
  expect(shownBytes(Buffer.from(`${log}\x00\r`)).toString()).toBe(log);
});
