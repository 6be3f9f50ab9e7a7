import { expect, test } from 'vitest';
import { describeChange, numberLines, parseKey } from '../../../web/views/compare/differences.ts';

test('numbers the lines of a hunk in each log that has them', () => {
  const lines = [
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'c' },
    { kind: 'added', text: 'd' },
    { kind: 'same', text: 'e' },
  ] as const;
  const numbered = numberLines({ before: 7, after: 20, lines: [...lines] });
  expect(numbered.map(({ text, before, after }) => [text, before, after])).toEqual([
    ['a', 7, 20],
    ['b', 8, undefined],
    ['c', undefined, 21],
    ['d', undefined, 22],
    ['e', 9, 23],
  ]);
});

test.each([
  [1000, 1000, 'same'],
  [1000, 1049, 'same'],
  [100_000, 100_900, 'same'],
  [15_000, 27_000, '+12.0 s, ×1.8'],
  [10_000, 5000, '−5.0 s, ×0.5'],
  [10_000, 10_300, '+300 ms'],
  [0, 5000, '+5.0 s'],
  [5000, 0, '−5.0 s'],
  [100, 60_000, '+59.9 s, ×600'],
  [100_000, 2000, '−1 min 38 s, ×0.02'],
])('from %d ms to %d ms is %s', (before, after, text) => {
  expect(describeChange(before, after)).toBe(text);
});

test('reads a run from the address, and nothing else', () => {
  const commit = 'ab'.repeat(20);
  expect(parseKey(`${commit}/1700000000-12ab`)).toEqual({ commit, runId: '1700000000-12ab' });
  expect(parseKey('c'.repeat(64) + '/x')).toEqual({ commit: 'c'.repeat(64), runId: 'x' });
  expect([null, '', commit, `${commit}/`, `${commit}/a/b`, 'abc/1700000000-12ab'].map(parseKey)).toEqual(Array.from({ length: 6 }));
});
