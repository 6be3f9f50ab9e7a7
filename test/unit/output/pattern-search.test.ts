import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeRanges, type ByteRange } from '../../../src/output/byte-pattern.ts';
import { createPatternSearch } from '../../../src/output/pattern-search.ts';

/** Every place, one after the other. */
function naive(text: string, patterns: readonly string[]): { found: ByteRange[]; prefix: number } {
  const found: ByteRange[] = [];
  let prefix = 0;
  for (const pattern of patterns) {
    for (let at = 0; at < text.length; at += 1) if (text.startsWith(pattern, at)) found.push({ start: at, end: at + pattern.length });
    for (let length = 1; length < pattern.length; length += 1) if (text.endsWith(pattern.slice(0, length))) prefix = Math.max(prefix, length);
  }
  return { found: mergeRanges(found), prefix };
}

const pattern = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 2, maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 30, maxLength: 40 }),
);

test('finds what a search for each of them finds, whenever they are added', () => {
  const scenario = fc
    .array(pattern, { maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.array(fc.constantFrom(...all, 'a', 'b', 'c'), { maxLength: 20 }).map((parts) => parts.join(''))));
  fc.assert(
    fc.property(scenario, ([all, text]) => {
      const search = createPatternSearch();
      for (const [index, one] of all.entries()) {
        search.add(Buffer.from(one));
        const found: ByteRange[] = [];
        const prefix = search.find(Buffer.from(text), found);
        const expected = naive(text, all.slice(0, index + 1));
        expect({ found: mergeRanges(found), prefix }).toEqual(expected);
        expect(search.occurIn(Buffer.from(text))).toBe(expected.found.length > 0);
      }
    }),
    { numRuns: 1000 },
  );
});

test('without patterns there is nothing to find', () => {
  const search = createPatternSearch();
  expect(search.find(Buffer.from('text'), [])).toBe(0);
  expect(search.occurIn(Buffer.from('text'))).toBe(false);
  expect(search.longestBytes()).toBe(0);
});
