import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionOf, markParts } from '../../../web/views/search/marked.ts';

const look = (q: string, regex = false, matchCase = false): RegExp | undefined => expressionOf({ q, regex, matchCase });
const show = (line: string, expression: RegExp | undefined): string => markParts(line, expression).map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('marking what was found', () => {
  test('in any case, unless asked otherwise', () => {
    expect(show('an Error, an error', look('error'))).toBe('an [Error], an [error]');
    expect(show('an Error, an error', look('error', false, true))).toBe('an Error, an [error]');
  });

  test('takes a text as it is', () => {
    expect(show('a.b a+b (a.b)', look('a.b'))).toBe('[a.b] a+b ([a.b])');
    expect(show('<b>[x]</b>', look('[x]'))).toBe('<b>[[x]]</b>');
  });

  test('takes a regular expression as one', () => {
    expect(show('took 12 s, 7 s', look('\\d+ s', true))).toBe('took [12 s], [7 s]');
    expect(show('abc', look('x*', true))).toBe('abc');
  });

  test('marks nothing if the expression is not understood', () => {
    expect(look('a(b', true)).toBeUndefined();
    expect(look('')).toBeUndefined();
    expect(show('a(b', look('a(b', true))).toBe('a(b');
  });

  test('begins a long line shortly before its first hit, and cuts it', () => {
    const parts = markParts(`${'y'.repeat(1000)}HERE${'z'.repeat(1000)}`, look('here'));
    expect(parts.map(({ hit }) => hit)).toEqual([false, false, true, false]);
    expect(parts.map(({ text }) => text).join('')).toMatch(/^…y{60}HEREz{176}…$/);
  });

  test('never changes a short line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 5 }), (line, q) => {
        expect(markParts(line, look(q)).map(({ text }) => text).join('')).toBe(line);
      }),
    );
  });
});
