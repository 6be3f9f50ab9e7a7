import fc from 'fast-check';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import type { OutputStream } from '../../../src/base/output-stream.ts';
import { liveOutput } from '../../../src/cli/run/live-output.ts';

const show = (...chunks: string[]): string => showIn(true, ...chunks);

function showIn(unicode: boolean, ...chunks: string[]): string {
  const written: Buffer[] = [];
  const terminal: OutputStream = {
    isTTY: true,
    columns: 80,
    rows: 24,
    closed: false,
    write: (chunk) => written.push(Buffer.from(chunk)),
    drained: () => Promise.resolve(),
    flushed: () => Promise.resolve(),
  };
  const live = liveOutput(terminal, picocolors.createColors(false), unicode);
  for (const chunk of chunks) live.write(Buffer.from(chunk));
  void live.flushed();
  return Buffer.concat(written).toString();
}

test('shows commands as a person wants them, and all else as it is', () => {
  const text = 'a\n::group id=1::build\nb\n::endgroup id=1::\n::error file=x.c,line=3::broken\n:: not one\n::add-mask::***\nend';
  expect(show(text)).toBe('a\n▸ build\nb\nerror x.c:3: broken\n:: not one\nend');
});

test('is plain where the terminal shows ASCII only', () => {
  expect(showIn(false, '::group::build\n')).toBe('> build\n');
});

test('holds back nothing but the beginning of a command', () => {
  expect(show('prompt> ')).toBe('prompt> ');
  expect(show(':')).toBe(':');
  expect(show('::unfinished')).toBe('::unfinished');
});

test('chunk borders make no difference', () => {
  const piece = fc.constantFrom('x', ':', '::', '::group::', 'name', '\n', '::endgroup::\n', 'x::y\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      expect(show(...pieces)).toBe(show(pieces.join('')));
    }),
  );
});
