import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstHit, isHit, nextHit } from '../../../../web/log/hits.ts';
import { formatRange, parseRange } from '../../../../web/log/line-range.ts';
import { linkParts } from '../../../../web/log/line-text.ts';
import { lineTime } from '../../../../web/log/line-time.ts';
import { pattern } from '../../../../web/log/search.ts';

describe('line range', () => {
  test.each([
    ['#L42', { first: 42, last: 42 }],
    ['#L42-L60', { first: 42, last: 60 }],
    ['#L60-42', { first: 42, last: 60 }],
    ['#L0', undefined],
    ['#L4x', undefined],
    ['', undefined],
  ])('%s', (hash, range) => {
    expect(parseRange(hash)).toEqual(range);
    if (range !== undefined) expect(parseRange(formatRange(range))).toEqual(range);
  });
});

describe('links', () => {
  const links = (text: string): string[] => linkParts(text).filter(({ isLink }) => isLink).map((part) => part.text);

  test.each([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(http://localhost:3000/) and https://x.org/a_(b)', ['http://localhost:3000/', 'https://x.org/a_(b)']],
    ['"https://x.org/"', ['https://x.org/']],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
    ['javascript://https://', []],
    ['https://', []],
    ['https://x.org/\u202egpj.exe', ['https://x.org/']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test('change nothing of the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('https://', 'http://a.b/', ')', '.', ' '))), (parts) => {
        const text = parts.join('');
        expect(linkParts(text).map((part) => part.text).join('')).toBe(text);
        for (const link of links(text)) expect(new URL(link).protocol).toMatch(/^https?:$/);
      }),
    );
  });
});

describe('line time', () => {
  test.each([
    [7_900, 'relative', '0:07'],
    [727_000, 'relative', '12:07'],
    [3_727_000, 'relative', '1:02:07'],
    [7_000, 'none', ''],
    [null, 'relative', ''],
  ] as const)('%s %s', (ms, kind, text) => {
    expect(lineTime(ms, kind, 0)).toBe(text);
  });

  test('is empty where the start is not known', () => {
    expect(lineTime(5, 'absolute', Number.NaN)).toBe('');
    expect(lineTime(5_000, 'absolute', Date.parse('2026-01-01T00:00:00Z'))).toMatch(/^\d\d:\d\d:05$/);
  });
});

describe('hits', () => {
  test('next and previous, round again at the ends', () => {
    expect([nextHit([3, 7, 9], 3, 1), nextHit([3, 7, 9], 9, 1), nextHit([3, 7, 9], 3, -1), nextHit([3, 7, 9], 8, -1), nextHit([], 1, 1)]).toEqual([1, 0, 2, 1, -1]);
  });

  test('the first is the next one from a line on; that of the log only when there is none', () => {
    const found = { query: { text: 'x', regex: false, matchCase: false }, lines: [3, 7], count: 2, done: false };
    expect([firstHit(found, 3), firstHit(found, 4), firstHit(found, 8), firstHit({ ...found, done: true }, 8), firstHit({ ...found, lines: [], done: true }, 1)]).toEqual([0, 1, -1, 0, -1]);
  });

  test('are found among many', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(500), (lines, line) => {
      expect(isHit(lines.sort((a, b) => a - b), line)).toBe(lines.includes(line));
    }));
  });

  test('text is taken literally unless it is an expression', () => {
    expect('a.b axb'.match(pattern({ text: 'a.b', regex: false, matchCase: true }) ?? /$/)).toEqual(['a.b']);
    expect('a.b AXB'.match(pattern({ text: 'a.b', regex: true, matchCase: false }) ?? /$/)).toEqual(['a.b', 'AXB']);
    expect(pattern({ text: '(', regex: true, matchCase: false })).toBeUndefined();
  });
});
