import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogReader, type LogReaderOptions, type LogSummary } from '../../../src/output/log-reader.ts';
import { chunked } from './masking.ts';

/** Reads chunks that arrive at 0 ms, 10 ms, 20 ms, ...; the log ends 10 ms after the last one. */
function read(chunks: readonly (string | Buffer)[], options?: LogReaderOptions): LogSummary {
  const reader = createLogReader(options);
  chunks.forEach((chunk, at) => reader.write(Buffer.from(chunk), at * 10));
  return reader.end(chunks.length * 10);
}

describe('size', () => {
  test.each([
    ['', 0, 0],
    ['\n', 1, 1],
    ['a', 1, 1],
    ['a\n', 1, 2],
    ['a\n\nb', 3, 4],
    ['a\r\nb\r\n', 2, 6],
    ['50%\r100%\n', 1, 9],
    ['äö\n', 1, 5],
  ])('%j: %i lines, %i bytes', (text, lines, bytes) => {
    expect(read([text])).toMatchObject({ lines, bytes });
    expect(read(chunked(Buffer.from(text), [1]))).toMatchObject({ lines, bytes });
  });

  test('an empty log says nothing', () => {
    expect(read([])).toEqual({
      lines: 0,
      bytes: 0,
      steps: [],
      stepsOmitted: 0,
      annotations: [],
      annotationsOmitted: 0,
      timing: undefined,
    });
  });
});

describe('steps', () => {
  test('have lines and times', () => {
    const { steps } = read(['header\n::group id=ab12::Build\nmake\n', 'ok\n', '::endgroup::\n::group::Test\n']);
    expect(steps).toEqual([
      { name: 'Build', id: 'ab12', depth: 0, firstLine: 2, lastLine: 5, startMs: 0, durationMs: 20 },
      { name: 'Test', depth: 0, firstLine: 6, lastLine: 6, startMs: 20, durationMs: 10, unfinished: true },
    ]);
  });

  test('start when their line is complete, and may begin at the very end', () => {
    expect(read(['::gro', 'up::a', '\nx']).steps).toMatchObject([{ startMs: 20, firstLine: 1, lastLine: 2 }]);
    expect(read(['x\n::group::a']).steps).toEqual([
      { name: 'a', depth: 0, firstLine: 2, lastLine: 2, startMs: 10, durationMs: 0, unfinished: true },
    ]);
    expect(read(['::group::a\n::endgroup::']).steps[0]?.unfinished).toBeUndefined();
  });

  test('nest, and may be indented or end with CR LF', () => {
    const { steps } = read(['::group::a\r\n  \t::group::b\r\n ::endgroup::\r\n::endgroup::\r\n']);
    expect(steps.map(({ name, depth, lastLine }) => [name, depth, lastLine])).toEqual([
      ['a', 0, 4],
      ['b', 1, 3],
    ]);
  });

  test('times are whole ms', () => {
    const reader = createLogReader();
    reader.write(Buffer.from('::group::a\n'), 1.9);
    reader.write(Buffer.from('::endgroup::\n'), 70.2);
    expect(reader.end(71.5)).toMatchObject({ steps: [{ startMs: 1, durationMs: 69 }], timing: '1 0 1\n2 11 70\n' });
  });

  test('beyond the limit they are counted', () => {
    expect(read(['::group::a\n::endgroup::\n'.repeat(5)], { maxSteps: 3 })).toMatchObject({
      stepsOmitted: 2,
      steps: [{ name: 'a' }, { name: 'a' }, { name: 'a', lastLine: 6 }],
    });
  });
});

describe('annotations', () => {
  test('know their line', () => {
    const chunks = ['a\n::error file=x.ts,line=3::no\nb\n', '  ::warning::hm\n::notices::x\nx ::error::y\n'];
    const { annotations } = read(chunks);
    expect(annotations).toEqual([
      { level: 'error', message: 'no', file: 'x.ts', line: 3, logLine: 2 },
      { level: 'warning', message: 'hm', logLine: 4 },
    ]);
  });

  test('1000 are kept, the others counted', () => {
    const { annotations, annotationsOmitted } = read(['::error::x\n'.repeat(1234)]);
    expect([annotations.length, annotations.at(-1)?.logLine, annotationsOmitted]).toEqual([1000, 1000, 234]);
    expect(read(['::error::x\n'.repeat(3)], { maxAnnotations: 1 })).toMatchObject({ annotationsOmitted: 2 });
  });
});

describe('odd lines', () => {
  test('only the first 8 KiB of a line are looked at', () => {
    const line = `::error::${'x'.repeat(10_000_000)}`;
    const whole = read([`${line}\n::error::after\n`]);
    expect(whole.annotations.map(({ message }) => message.length)).toEqual([8192 - '::error::'.length, 5]);
    expect(read(chunked(Buffer.from(`${line}\n::error::after\n`), [65_536])).annotations).toEqual(whole.annotations);
  });

  test('a long line of anything else', () => {
    const text = Buffer.from(`${'x'.repeat(3_000_000)}::error::no\n${' '.repeat(20_000)}::error::no\n::error::yes`);
    for (const sizes of [[text.length], [4096], [8192]]) {
      expect(read(chunked(text, sizes))).toMatchObject({ lines: 3, annotations: [{ message: 'yes', logLine: 3 }] });
    }
  });

  test('bytes that are no UTF-8', () => {
    const text = Buffer.concat([Buffer.of(0xff, 10), Buffer.from('::error::a'), Buffer.of(0xc3, 0xff, 10)]);
    expect(read([text])).toMatchObject({ lines: 2, annotations: [{ message: 'a\ufffd\ufffd' }] });
  });

  test('a character that is cut by a chunk border', () => {
    expect(read(chunked(Buffer.from('::error::grün 🙂\n'), [1])).annotations[0]?.message).toBe('grün 🙂');
  });

  test('the buffer may be used again', () => {
    const reader = createLogReader();
    const chunk = Buffer.from('::error::a');
    reader.write(chunk, 0);
    chunk.fill('x');
    reader.write(Buffer.from('b\n'), 0);
    expect(reader.end(0).annotations[0]?.message).toBe('ab');
  });
});

test('timing tells where a line starts and when it began to arrive', () => {
  expect(read(['one\ntw', '', '', '', '', '', 'o\nthree\nfour\n', 'five\n']).timing).toBe('1 0 0\n3 8 60\n');
});

test('chunk borders change no line, step or annotation', () => {
  const line = fc.constantFrom(
    '', 'text', ' ', ':', '::', ':::', '::group::a', ' ::group id=1::b', '::endgroup::', '::endgroup id=1::',
    '::error::x', '\t::warning file=a::y', 'x ::error::z', '::error::ü', 'a:::b', '::group',
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), sizes, (lines, lineEnd, lengths) => {
      const text = Buffer.from(lines.join(lineEnd));
      const at = (chunks: readonly Buffer[]): LogSummary => {
        const reader = createLogReader();
        chunks.forEach((chunk) => reader.write(chunk, 5));
        return reader.end(5);
      };
      const whole = at([text]);
      expect(at(chunked(text, lengths))).toEqual(whole);
      expect(whole.bytes).toBe(text.length);
      expect(whole.lines).toBe(text.length === 0 ? 0 : lines.length - (lines.at(-1) === '' ? 1 : 0));
      const expected = lines.flatMap((one, index) => (/^\s*::(error|warning)( |::)/.test(one) ? [index + 1] : []));
      expect(whole.annotations.map(({ logLine }) => logLine)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('steps so far: what is open goes to the last line, and goes on afterwards', () => {
  const reader = createLogReader();
  reader.write(Buffer.from('::group::a\none\n::group::b\ntwo'), 10);
  const { changes } = reader;
  expect([reader.steps(30), changes()]).toEqual([
    [
      { name: 'a', depth: 0, firstLine: 1, lastLine: 4, startMs: 10, durationMs: 20, unfinished: true },
      { name: 'b', depth: 1, firstLine: 3, lastLine: 4, startMs: 10, durationMs: 20, unfinished: true },
    ],
    2,
  ]);
  reader.write(Buffer.from('\n::endgroup::\n'), 40);
  expect(changes()).toBe(3);
  expect(reader.end(50).steps).toEqual([
    { name: 'a', depth: 0, firstLine: 1, lastLine: 5, startMs: 10, durationMs: 40, unfinished: true },
    { name: 'b', depth: 1, firstLine: 3, lastLine: 5, startMs: 10, durationMs: 30 },
  ]);
});
