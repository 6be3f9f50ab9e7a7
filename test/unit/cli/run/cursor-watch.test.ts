import { expect, test } from 'vitest';
import { createCursorWatch } from '../../../../src/cli/run/cursor-watch.ts';

const isFreeAfter = (...chunks: string[]): boolean => {
  const watch = createCursorWatch();
  for (const chunk of chunks) watch.note(Buffer.from(chunk));
  return watch.isOnFreeLine();
};

test.each([
  ['nothing', []],
  ['whole lines', ['a\n', 'b\nc\n']],
  ['nothing more after a line', ['a\n', '']],
  ['colours, and the rest of a line erased', ['\x1b[31mred\x1b[0m\x1b[K\n']],
  ['a colour in two pieces', ['\x1b', '[3', '1mred\x1b[0m\n']],
])('the line of the cursor is free after %s', (_, chunks) => {
  expect(isFreeAfter(...chunks)).toBe(true);
});

test.each([
  ['the beginning of a line', ['a\n', 'b']],
  ['a progress bar', ['10%\r']],
  ['the cursor moved up', ['a\nb\n\x1b[2Ac\n', 'more\n']],
  ['the cursor moved up in two pieces', ['a\nb\n\x1b[2', 'Ac\n', 'more\n']],
  ['an ESC that another piece goes on with', ['a\x1b', 'cb\n']],
  ['another screen', ['\x1b[?1049h\n']],
])('it is not after %s', (_, chunks) => {
  expect(isFreeAfter(...chunks)).toBe(false);
});
