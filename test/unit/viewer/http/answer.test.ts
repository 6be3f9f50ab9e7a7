import { Hono } from 'hono';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { version } from '../../../../src/base/version.ts';
import { answer, unchanged } from '../../../../src/viewer/http/answer.ts';

const app = new Hono().get('/', (c) => unchanged(c, 'tag', { 'X-Own': 'a' }) ?? answer(c, v.object({ a: v.number() }), { a: 1 }, 'tag'));

const ask = async (known: string): Promise<Response> => app.request('/', { headers: { 'If-None-Match': known } });

test('who has the answer of another version does not have this one', async () => {
  const tag = (await ask('')).headers.get('etag') ?? '';
  expect(tag).toContain(version);
  for (const known of [tag, `W/${tag}`, `"x", ${tag}`]) expect((await ask(known)).status).toBe(304);
  for (const known of ['"tag"', tag.replace(version, '0.0.1-before'), `${tag}x`]) expect([known, (await ask(known)).status]).toEqual([known, 200]);
});

test('304 says what the answer says beside its body', async () => {
  const { headers } = await ask((await ask('')).headers.get('etag') ?? '');
  expect(headers.get('x-own')).toBe('a');
});
