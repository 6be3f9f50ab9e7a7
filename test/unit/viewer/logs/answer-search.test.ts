import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { logSearch } from '../../../../src/api/log.ts';
import { answerSearch } from '../../../../src/viewer/logs/answer-search.ts';
import type { SearchQuery } from '../../../../src/viewer/logs/search-query.ts';
import { createSearchSlots } from '../../../../src/viewer/logs/search-slots.ts';

const literal: SearchQuery = { text: 'a', isRegex: false, pattern: /a/ };
const broken: SearchQuery = {
  ...literal,
  get isRegex(): boolean {
    throw new Error('no thread');
  },
};

test('a search that cannot begin gives its place back', async () => {
  const slots = createSearchSlots(() => 0);
  const bugs: unknown[] = [];
  const app = new Hono().get('/:how', (c) =>
    answerSearch(c, logSearch, { closing: new AbortController().signal, onBug: (error) => bugs.push(error) }, {
      query: c.req.param('how') === 'broken' ? broken : literal,
      slots,
      nothing: { count: 0, searched: 0 },
      progressIn: (found) => found,
      search: () => Promise.resolve({ count: 1, searched: 1 }),
    }),
  );
  const ask = async (how: string): Promise<unknown> => (await app.request(`/${how}`)).json();
  // More than may search at once.
  for (let time = 0; time < 6; time += 1) expect(await ask('broken')).toEqual({ count: 0, searched: 0, done: true, problem: 'git jci did not expect this' });
  expect(await ask('literal')).toEqual({ count: 1, searched: 1, done: true });
  expect(bugs).toHaveLength(6);
});
