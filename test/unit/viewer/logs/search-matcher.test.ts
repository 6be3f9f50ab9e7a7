import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMatcher } from '../../../../src/viewer/logs/search-matcher.ts';

const texts = fc.array(fc.constantFrom('a', 'A', 'b', 'ab', ' ', 'ä', 'Ä', 'ſ', 'K', 'k', 's', '😀', '\n', '\n', '\u2028', '\ufffd', '.'), { maxLength: 60 }).map((parts) => parts.join(''));

/** What is to be found, line by line. */
const expected = (text: string, pattern: RegExp): { at: number; text: string }[] =>
  text.split('\n').flatMap((line, at) => (pattern.test(line) ? [{ at, text: line }] : []));

test('plain text is found where a look at each line finds it', async () => {
  const needles = fc.constantFrom('a', 'ab', 'AB', 'ä', 'Ä', 'k', 'S', 'ſ', '😀', ' a', '.', '\ufffd', 'a\nb');
  await fc.assert(
    fc.asyncProperty(texts, needles, fc.boolean(), async (text, needle, ignoreCase) => {
      const pattern = new RegExp(needle.replace('.', '\\.'), ignoreCase ? 'i' : '');
      const matcher = createMatcher({ text: needle, isRegex: false, pattern });
      expect(await matcher.match(Buffer.from(text), 1000)).toEqual(expected(text, pattern));
    }),
    { numRuns: 1000 },
  );
});

test('plain text is found in each of many lines', async () => {
  const pattern = /needle/i;
  const matcher = createMatcher({ text: 'needle', isRegex: false, pattern });
  const text = `${'Needle\n'.repeat(30_000)}\n${'a needle\n'.repeat(30_000)}`;
  expect(await matcher.match(Buffer.from(text), 100_000)).toEqual(expected(text, pattern));
});

test('plain text is found in a line of any length', async () => {
  const pattern = /needle/i;
  const matcher = createMatcher({ text: 'needle', isRegex: false, pattern });
  const text = `a\n${'x'.repeat(300_000)}needle${'x'.repeat(300_000)}\n\nneedle\n`;
  expect((await matcher.match(Buffer.from(text), 10)).map(({ at }) => at)).toEqual([1, 3]);
});

const sources = [
  'a', '^a', 'a$', '^$', 'b*', '^ *a', '[ab]+$', '[^a]', '[^a]b', 'a\\s', '\\s', '(?!a)b', 'a(?!\\s)', 'a(?=$)', '(a|b)\\1', '(?:a|b)b', '\\ba', 'a\\B', '\\d', '[\\w.]$', 'a.b', 'a\\.', '[\\n]',
  'a\n', '[\\s]a', '\\W', '.$', '(?<=a)b', '(?<x>a)\\k<x>', 'a{2}', '[]', '[^]', '[^]b', '\\x0a', '\\cJ', '[!-~]b', '\\u000a', '[(]', '[a(?=]',
];

test.each(sources)('a regular expression finds what it finds in each line alone: %j', async (source) => {
  for (const flags of ['', 'i']) {
    const pattern = new RegExp(source, flags);
    const matcher = createMatcher({ text: source, isRegex: true, pattern });
    try {
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          expect(await matcher.match(Buffer.from(text), 1000)).toEqual(expected(text, pattern));
        }),
        { numRuns: 60 },
      );
    } finally {
      matcher.close();
    }
  }
});

test('texts that wait are searched in turn', async () => {
  const matcher = createMatcher({ text: 'a', isRegex: true, pattern: /a/ });
  const found = await Promise.all(['a', 'b', 'c\na'].map((text) => matcher.match(Buffer.from(text), 1)));
  expect(found.map((hits) => hits.map(({ at }) => at))).toEqual([[0], [], [1]]);
  matcher.close();
  await expect(matcher.match(Buffer.from('a'), 1)).rejects.toThrow('the search has ended');
});
