import { colorsIf } from '../../../src/cli/render/colors.ts';
import { expect, test } from 'vitest';
import type { OutputStream } from '../../../src/base/output-stream.ts';
import { liveOutput } from '../../../src/cli/run/live-output.ts';

function show(chunks: string[], { isTTY = true, unicode = true, colors = false } = {}): string {
  const written: Buffer[] = [];
  const out: OutputStream = {
    isTTY,
    columns: 80,
    rows: 24,
    closed: false,
    write: (chunk) => written.push(Buffer.from(chunk)),
    drained: () => Promise.resolve(),
    flushed: () => Promise.resolve(),
  };
  const live = liveOutput(out, { colors: colorsIf(colors), unicode });
  for (const chunk of chunks) live.write(Buffer.from(chunk));
  void live.flushed();
  return Buffer.concat(written).toString();
}

const commands = [
  'a\n::group id=1::build\nb\n::endgroup id=1,exit=0,ms=1234::build\n::endgroup::\n',
  '::endgroup id=2,exit=3,ms=90000::lint\n  ::error file=x.c,line=3,title=No::broken\n:: not one\n::add-mask::***\nend',
];

test('shows commands as a person wants them, and all else as it is', () => {
  const expected = 'a\n▸ build\nb\n✓ build 1.2 s\n✗ lint exit 3 after 1 min 30 s\nerror x.c:3: No: broken\n:: not one\nend';
  expect(show(commands)).toBe(expected);
  expect(show(commands, { isTTY: false })).toBe(expected);
});

test('is plain where only ASCII is shown', () => {
  expect(show(commands, { unicode: false })).toMatch(/^a\n> build\nb\n\+ build 1\.2 s\nx lint exit 3 after /);
});

test('leaves escape sequences to a terminal, and takes them out of a pipe but for colours somebody asks for', () => {
  const text = ['\x1b[31mred\x1b[', '0m\x1b[2K\n'];
  expect(show(text)).toBe('\x1b[31mred\x1b[0m\x1b[2K\n');
  expect(show(text, { isTTY: false })).toBe('red\n');
  expect(show(text, { isTTY: false, colors: true })).toBe('\x1b[31mred\x1b[0m\n');
});

test('holds back nothing but the beginning of a command', () => {
  expect(show(['prompt> '])).toBe('prompt> ');
  expect(show([':'])).toBe(':');
  expect(show(['::unfinished'])).toBe('::unfinished');
});
