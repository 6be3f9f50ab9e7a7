import { expect, test } from 'vitest';
import { lastLineOf } from '../../../../src/cli/run/last-line.ts';

function shownOf(...chunks: (string | Buffer)[]): string[] {
  const shown: string[] = [];
  const out = lastLineOf(true, (line) => shown.push(line));
  for (const chunk of chunks) out.write(chunk);
  return shown;
}

test('shows the last line with text, also one that is not over', () => {
  expect(shownOf('one\ntwo\n\n', 'thr', Buffer.from('ee'), '\n')).toEqual(['two', 'thr', 'three', 'three']);
});

test('shows commands as a person reads them, once they are whole', () => {
  expect(shownOf('before\n', '::gro', 'up::build\n', '::add-mask::secret\n', '::endgroup id=1,exit=0,ms=1200::build\n')).toEqual([
    'before',
    '▸ build',
    '✓ build 1.2 s',
  ]);
  expect(shownOf(':: not', ' one\n', ': nor ', 'this')).toEqual([':: not one', ': nor ', ': nor this']);
});

test('keeps no more of a line than fits a terminal', () => {
  expect(shownOf('x'.repeat(10_000), 'y')).toEqual(['x'.repeat(500), 'x'.repeat(500)]);
});
