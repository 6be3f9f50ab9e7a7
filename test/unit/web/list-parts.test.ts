import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appended, refreshed, type Known } from '../../../web/state/list-parts.ts';

const keyOf = (item: string): string => item;
const list = (text: string, next: string | null = 'more'): Known<string> => ({ items: [...text], next });

describe('a newer first part', () => {
  test.each([
    ['new ones come above', 'bcdef', 'abc', 'abcdef'],
    ['what was amended goes', 'abcdef', '1bc', '1bcdef'],
    ['what was taken back goes, wherever the part ends', 'abcdef', 'cde', 'cdef'],
    ['a rewritten list begins anew', 'abc', '123', '123'],
    ['and so does one whose part ends behind what is known', 'abc', 'bcd', 'bcd'],
    ['the first answer is all', '', 'abc', 'abc'],
  ])('%s', (_, known, first, expected) => {
    expect(refreshed(list(known), list(first), keyOf).items.join('')).toBe(expected);
  });

  test('that is all there is leaves nothing of the old list', () => {
    expect(refreshed(list('abc', null), list('a', null), keyOf)).toEqual(list('a', null));
  });

  test('goes on where the known list does, or where it ends itself', () => {
    expect(refreshed(list('abc', 'there'), list('ab', 'here'), keyOf).next).toBe('there');
    expect(refreshed(list('abc', 'there'), list('12', 'here'), keyOf).next).toBe('here');
    expect(refreshed(list('abc', null), list('1ab', 'here'), keyOf).next).toBeNull();
  });
});

describe('a part behind what is known', () => {
  test('adds what is new', () => {
    expect(appended(list('abc'), list('cde', 'there'), keyOf)).toEqual(list('abcde', 'there'));
  });

  test('that has nothing new is the end, until the list is asked for anew', () => {
    expect(appended(list('abc'), list('bc', 'there'), keyOf).next).toBeNull();
  });

  test('of things that may be alike adds them all', () => {
    expect(appended(list('abc'), list('cc', null), undefined)).toEqual(list('abccc', null));
  });
});

test('read in pages counted from the top while commits come above, a list has every commit once, in order', () => {
  const pageSize = 5;
  fc.assert(
    fc.property(fc.nat(40), fc.array(fc.nat(7), { maxLength: 12 }), (size, arrivals) => {
      let history = Array.from({ length: size }, (_, index) => `old ${index}`);
      const page = (number: number): Known<string> => ({
        items: history.slice(number * pageSize, (number + 1) * pageSize),
        next: history.length > (number + 1) * pageSize ? 'more' : null,
      });
      let known = page(0);
      arrivals.forEach((count, turn) => {
        history = [...Array.from({ length: count }, (_, index) => `${turn} ${index}`), ...history];
        known = refreshed(known, page(0), keyOf);
        if (known.next !== null) known = appended(known, page(Math.floor(known.items.length / pageSize)), keyOf);
      });
      while (known.next !== null) known = appended(known, page(Math.floor(known.items.length / pageSize)), keyOf);
      expect(known.items).toEqual(history);
    }),
  );
});
