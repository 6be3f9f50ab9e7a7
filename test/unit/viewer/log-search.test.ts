import { describe, expect, test } from 'vitest';
import type { LogSearch } from '../../../src/api/log.ts';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';
import { storeLogs, valuesOf } from './stored-log.ts';

type Query = Record<string, string>;

const ask = (viewer: OpenViewer, log: string, query: Query): Promise<Response> => viewer.get(`${log}/search?${new URLSearchParams(query).toString()}`);

/** All hits of a search, and its last word. */
async function search(viewer: OpenViewer, log: string, query: Query): Promise<{ hits: [number, string | undefined][]; last: LogSearch | undefined }> {
  const parts = await valuesOf<LogSearch>(await ask(viewer, log, query));
  return { hits: parts.flatMap(({ hits = [] }) => hits.map(({ line, text }): [number, string | undefined] => [line, text])), last: parts.at(-1) };
}

/** Searches a log that is stored. */
const searched = (logs: string | Uint8Array, body: (viewer: OpenViewer, log: string) => Promise<void>): Promise<void> =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, [logs]);
    await withViewer(repo, (viewer) => body(viewer, run?.log ?? ''));
  });

const seen = 'plain Needle\r\n\x1b[31mNee\x1b[1mdle\x1b[0m red\n::error file=a.c,line=3::no needle here\n::add-mask::needle\n10%\rneedle\nneedlX\be\nab\x1b[2K\rneedle\na.needle.b\x1b]8;;needle2\x07\nne\x00edl\u202ee\n';

test('what a person sees is found', () =>
  searched(seen, async (viewer, log) => {
    const cases: [Query, [number, string][]][] = [
      [{ q: 'needle' }, [[1, 'plain Needle'], [2, 'Needle red'], [3, 'error a.c:3: no needle here'], [5, 'needle'], [6, 'needle'], [7, 'needle'], [8, 'a.needle.b'], [9, 'needle']]],
      [{ q: 'needle', case: '1' }, [[3, 'error a.c:3: no needle here'], [5, 'needle'], [6, 'needle'], [7, 'needle'], [8, 'a.needle.b'], [9, 'needle']]],
      [{ q: 'no needle|^a', case: '1', regex: '1' }, [[3, 'error a.c:3: no needle here'], [8, 'a.needle.b']]],
      [{ q: '^need.E$', regex: '1' }, [[5, 'needle'], [6, 'needle'], [7, 'needle'], [9, 'needle']]],
      [{ q: 'Needle$', regex: '1', case: '1' }, [[1, 'plain Needle']]],
      [{ q: 'a.n' }, [[8, 'a.needle.b']]],
      [{ q: '::error' }, []],
      [{ q: 'needle2' }, []],
      [{ q: '^$', regex: '1' }, [[4, '']]],
    ];
    for (const [query, hits] of cases) {
      const found = await search(viewer, log, query);
      expect([query, found.hits]).toEqual([query, hits]);
      expect(found.last).toEqual(expect.objectContaining({ count: hits.length, searched: 9, done: true }));
    }
  }));

test('of many hits the first have their texts, the next their numbers, and all are counted', () =>
  searched('a needle\n'.repeat(100_200), async (viewer, log) => {
    for (const query of [{ q: 'NEEDLE' }, { q: 'n.*e$', regex: '1' }]) {
      const { hits, last } = await search(viewer, log, query);
      expect(hits).toHaveLength(100_000);
      expect(hits[999]).toEqual([1000, 'a needle']);
      expect(hits[1000]).toEqual([1001, undefined]);
      expect(hits.at(-1)).toEqual([100_000, undefined]);
      expect(last).toEqual(expect.objectContaining({ count: 100_200, searched: 100_200, done: true }));
    }
  }));

test('a line without end counts once, and only the part around the hit is told', () =>
  searched(`first\n${'x'.repeat(1024 * 1024 - 3)}needle${'needle y'.repeat(300_000)}\nneedle\n`, async (viewer, log) => {
    for (const regex of ['0', '1']) {
      const { hits, last } = await search(viewer, log, { q: 'needle', regex });
      expect(hits.map(([line]) => line)).toEqual([2, 3]);
      expect(hits[0]?.[1]).toMatch(/^…x+needle/);
      expect(hits[0]?.[1]?.length).toBeLessThan(1100);
      expect(last).toEqual({ count: 2, searched: 3, done: true, hits: expect.anything() as unknown });
    }
  }));

describe('what cannot be searched', () => {
  test('is told before anything is sent', () =>
    searched('a\n', async (viewer, log) => {
      const bad = await ask(viewer, log, { q: 'a(', regex: '1' });
      expect([bad.status, await bad.json()]).toEqual([400, { error: expect.stringContaining("'a('") as unknown, hint: 'search for it as plain text' }]);
      expect((await search(viewer, log, { q: 'a(' })).last).toEqual({ count: 0, searched: 1, done: true });
      expect((await ask(viewer, log, { q: '' })).status).toBe(400);
      expect((await ask(viewer, log.replace(/.$/, 'x'), { q: 'a' })).status).toBe(404);
    }));

  test('for years ends, with what was found before, and the server answers meanwhile', () =>
    searched(`${'aa\n'.repeat(200_000)}${'a'.repeat(60)}!\n`, async (viewer, log) => {
      const slow = search(viewer, log, { q: '^(a+)+$', regex: '1' });
      expect((await search(viewer, log, { q: '!' })).hits).toHaveLength(1);
      const { hits, last } = await slow;
      expect(hits.length).toBeGreaterThan(100_000 / 2);
      expect(last?.count).toBeLessThan(200_000);
      expect(last).toEqual(expect.objectContaining({ done: true, problem: expect.stringContaining('takes too long') as unknown }));
    }));
});

test('who leaves ends the search', () =>
  searched('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n', async (viewer, log) => {
    // More of them than may search at once: each gives its place back.
    for (let time = 0; time < 6; time += 1) {
      const response = await ask(viewer, log, { q: '^(a+)+$', regex: '1' });
      await response.body?.cancel();
    }
    const gone = new AbortController();
    const request = new Request(`http://localhost${log}/search?q=%5E(a%2B)%2B%24&regex=1`, { headers: { host: 'localhost' }, signal: gone.signal });
    const left = (await viewer.fetch(request)).text();
    gone.abort();
    expect(await left).toBe('');
    expect((await search(viewer, log, { q: 'A!$', regex: '1' })).hits).toHaveLength(1);
  }));

test('those who leave while they wait for a place are not searched for', () =>
  searched(`${'a'.repeat(60)}!\n`, async (viewer, log) => {
    let threads = 0;
    const count = (): void => {
      threads += 1;
    };
    process.on('worker', count);
    const query = { q: '^(a+)+$', regex: '1' };
    const slow = await Promise.all(Array.from({ length: 4 }, () => ask(viewer, log, query)));
    const waiting = await Promise.all(Array.from({ length: 20 }, () => ask(viewer, log, query)));
    for (const response of [...waiting, ...slow]) await response.body?.cancel();
    // The next one finds a place.
    expect((await search(viewer, log, { q: 'a!' })).hits).toHaveLength(1);
    process.off('worker', count);
    expect(threads).toBe(4);
  }));
