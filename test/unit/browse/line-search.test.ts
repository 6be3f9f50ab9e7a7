import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchLines } from '../../../src/browse/line-search.ts';
import { chunked } from '../output/masking.ts';

/** The lines that fit, with their numbers, of a log that comes in these chunks. */
function search(pattern: RegExp, chunks: readonly Buffer[], max = Number.POSITIVE_INFINITY): [number, string][] {
  const found: [number, string][] = [];
  const lines = searchLines({ pattern, unicode: true }, (text, line) => found.push([line, text]) < max);
  for (const chunk of chunks) {
    const ours = Buffer.from(chunk);
    const goes = lines.take(ours);
    // The caller may use its buffer again.
    ours.fill('#');
    if (!goes) return found;
  }
  lines.end();
  return found;
}

/** By the rule itself. */
function naive(pattern: RegExp, log: string): [number, string][] {
  const lines = log.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((text, at): [number, string] => [at + 1, text.replace(/\x1b\[\d*m/g, '')]).filter(([, text]) => pattern.test(text));
}

describe('the lines that fit', () => {
  const patterns = [/ab/u, /a.b/u, /a\.b/u, /^a/u, /b$/u, /^$/u, /AB/iu, /a\/b/u, /ä/u, /\?/u, /a(?!b)/u, /a[^b]*b/u, /./u, /\s/u, /(?:)/u, /�/u];

  test('are the same however the log is cut, with their numbers', () => {
    const logs = fc.array(fc.constantFrom('a', 'b', 'ab', '.', '/', '?', '\n', '\n\n', 'ä', '�', ' ', '\r\n', ':', '\x1b[1m', '\x1b[0m'), { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...patterns), logs, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), (pattern, parts, sizes) => {
        const log = parts.join('');
        expect(search(pattern, chunked(Buffer.from(log), sizes))).toEqual(naive(pattern, log));
      }),
      { numRuns: 1000 },
    );
  });

  test('are those that a person sees, where they are commands', () => {
    const log = Buffer.from('x::error::a\n::group id=7::build all\n  ::error file=a.c,line=3::100%25\n::add-mask::a.c:3\n::endgroup id=7,exit=2,ms=1500::build all\n');
    expect(search(/error a\.c:3: 100%/u, [log])).toEqual([[3, '  ::error file=a.c,line=3::100%25']]);
    expect(search(/▸ build/u, [log])).toEqual([[2, '::group id=7::build all']]);
    expect(search(/✗ build all exit 2/u, [log]).map(([line]) => line)).toEqual([5]);
    expect(search(/::error/u, [log]).map(([line]) => line)).toEqual([1, 3]);
    expect(search(/^$/u, [log])).toEqual([]);
  });

  test('may hold bytes that are no UTF-8', () => {
    const log = Buffer.from('one\n\xff\xfe needle \xe2\x82\nlast', 'latin1');
    expect(search(/needle/u, [log])).toEqual([[2, '�� needle �']]);
    expect(search(/�/u, [log])).toEqual([[2, '�� needle �']]);
  });

  test('end the search when nobody wants more', () => {
    expect(search(/a/u, [Buffer.from('a\na\nb\na\n'), Buffer.from('a\n')], 2)).toEqual([[1, 'a'], [2, 'a']]);
  });

  test('have the right numbers behind a line that is too long to be held', () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const long = Array.from({ length: 40 }, () => chunk);
    const found = search(/needle|last/u, [Buffer.from('first\n'), ...long, Buffer.from('needle\n'), Buffer.from('needle\nlast')]);
    expect(found.map(([line, text]) => [line, text.length])).toEqual([[2, expect.any(Number)], [3, 6], [4, 4]]);
  });
});
