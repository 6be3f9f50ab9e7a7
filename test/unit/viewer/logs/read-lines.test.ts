import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellsOfError } from '../../../../src/viewer/logs/error-words.ts';
import { createOpenLog, type OpenLog } from '../../../../src/viewer/logs/open-log.ts';
import { readLines } from '../../../../src/viewer/logs/read-lines.ts';

/** A log that came in chunks of this size. */
function open(text: string | Buffer, size = 1000): OpenLog {
  const bytes = Buffer.from(text);
  const { log, added, completed } = createOpenLog({ read: (at, length) => bytes.subarray(at, at + length), close: () => undefined }, { timeOf: () => null, progress: undefined });
  for (let at = 0; at < bytes.length; at += size) added(bytes.subarray(at, at + size));
  completed();
  return log;
}

const texts = (text: string | Buffer, from = 1, count = 2000): string[] => readLines(open(text), from, count).lines.map((line) => line.text);

describe('lines', () => {
  test('are those between line feeds, however the log came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'bc', '\n', '\n\n', '\r\n', 'ä'), { maxLength: 900 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 900 }), (parts, size, from) => {
        const log = parts.join('');
        const lines = log.split('\n').map((line) => line.replace(/\r$/, ''));
        if (lines.at(-1) === '') lines.pop();
        const read = readLines(open(log, size), from, 30);
        expect(read.total).toBe(lines.length);
        expect(read.lines.map(({ text }) => text)).toEqual(lines.slice(from - 1, from + 29));
      }),
    );
  });

  test('show what a terminal would show in the end', () => {
    expect(texts('10%\r20%\r\n')).toEqual(['20%']);
    expect(texts('abcdef\rxy\n')).toEqual(['xycdef']);
    expect(texts('abcdef\r\x1b[Kxy\n')).toEqual(['xy']);
    expect(texts('ab\bc')).toEqual(['ac']);
  });

  test('hold nothing but text and colours', () => {
    expect(texts('\x1b]8;;javascript:x\x07link\x1b]8;;\x07 \x1b[2J\u202egnp\x00\n')).toEqual(['link gnp']);
    expect(texts(Buffer.from('a\xffb\n', 'latin1'))).toEqual(['a\ufffdb']);
  });

  test('keep their numbers where a command shows nothing', () => {
    expect(texts('a\n::add-mask::x\nb')).toEqual(['a', '', 'b']);
  });

  test('know the colours of what was before', () => {
    const log = `\x1b[1;31mred\n${'x\n'.repeat(1000)}\x1b[39my\n${'x\n'.repeat(1000)}`;
    expect(readLines(open(log), 900, 1).state).toBe('\x1b[1;31m');
    expect(readLines(open(log), 1500, 1).state).toBe('\x1b[1m');
  });

  test('are cut where they are endless, and the next ones have their numbers', () => {
    const read = readLines(open(`a\n${'z'.repeat(10_000_000)}\nb\n`, 65_536), 2, 2);
    expect(read.lines[0]?.text.length).toBeLessThan(17_000);
    expect(read.lines[0]?.cut).toBeGreaterThan(9_980_000);
    expect(read.lines[1]?.text).toBe('b');
    expect(texts(`${'working \r'.repeat(1_000_000)}done!!!\nb`)).toEqual(['done!!!', 'b']);
  });

  test('of an empty log are none', () => {
    expect(readLines(open(''), 1, 10)).toEqual({ from: 1, total: 0, complete: true, state: '', lines: [] });
  });
});

test.each(['::error file=a::x', 'a.c:1:2: error: x', 'src/a.ts(1,2): error TS2304: x', 'TypeError: x', 'FAILED tests/a.py', '✗ works', 'panic: x', 'fatal: x', 'Traceback (most recent call last):', 'not ok 1 - x', 'error[E0308]: x', '--- FAIL: TestX'])('%s tells of an error', (line) => {
  expect(tellsOfError(line)).toBe(true);
});
test.each(['0 errors', 'no errors found', 'error-free', 'errors: 0', 'compile error-handler.ts', 'Failed: 0', 'see errors below', 'not ok 3 # TODO later'])('%s does not', (line) => {
  expect(tellsOfError(line)).toBe(false);
});
