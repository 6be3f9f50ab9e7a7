import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../../src/base/nearest.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

/** Every text that one edit makes of another one, of the letters a to c. */
function oneEditFrom(text: string): string[] {
  const places = [...text].map((_, index) => index);
  return [
    ...places.map((index) => text.slice(0, index) + text.slice(index + 1)),
    ...['a', 'b', 'c'].flatMap((letter) => [...places, text.length].map((index) => text.slice(0, index) + letter + text.slice(index))),
    ...['a', 'b', 'c'].flatMap((letter) => places.map((index) => text.slice(0, index) + letter + text.slice(index + 1))),
    ...places.slice(1).map((index) => `${text.slice(0, index - 1)}${text[index] ?? ''}${text[index - 1] ?? ''}${text.slice(index + 1)}`),
  ];
}

describe('editDistance', () => {
  test.each([
    ['', '', 0], ['', 'abc', 3], ['run', 'run', 0], ['rnu', 'run', 1], ['rn', 'run', 1], ['runn', 'run', 1], ['rum', 'run', 1],
    ['unistall', 'uninstall', 1], ['kitten', 'sitting', 3], ['ca', 'abc', 3],
  ])('%s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test('is 0 for the same text only, 1 for exactly what one edit makes, and the same both ways', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        if (a !== b) expect(distance === 1).toBe(oneEditFrom(a).includes(b));
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test('one more edit is at most one more', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        // Not of swaps: no place is edited twice.
        expect(editDistance(`${a}c`, b)).toBeLessThanOrEqual(editDistance(a, b) + 1);
        expect(editDistance(a, `c${b}`)).toBeLessThanOrEqual(editDistance(a, b) + 1);
      }),
    );
  });
});

describe('nearest', () => {
  const known = ['init', 'run', 'rerun', 'ls', 'log', 'show', 'logs', 'status', 'completion'];

  test.each([
    ['rnu', 'run'], ['rn', 'run'], ['shwo', 'show'], ['shw', 'show'], ['statsu', 'status'], ['comp', 'completion'], ['lgos', 'logs'],
    ['compeltoin', 'completion'], ['sl', 'ls'], ['lo', 'log'], ['rer', 'rerun'],
  ])('%s means %s', (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  test.each(['', 'x', 'r', 'overwrite', 'edit', 'xy', 'statement', 'norun'])('%s may mean anything', (word) => {
    expect(nearest(word, known)).toBeUndefined();
  });

  test('knows every known word itself, and finds the word that one slip made another one of', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(word, fc.nat(), (meant, choice) => {
        expect(nearest(meant, ['zzzzzzzz', meant])).toBe(meant);
        const slips = oneEditFrom(meant);
        const slip = slips[choice % slips.length] ?? '';
        expect(nearest(slip, ['zzzzzzzz', meant])).toBe(meant);
      }),
    );
  });
});
