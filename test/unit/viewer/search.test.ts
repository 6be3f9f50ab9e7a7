import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSearch } from '../../../src/api/search.ts';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';
import { storeLogs, valuesOf } from './stored-log.ts';

const ask = (viewer: OpenViewer, query: Record<string, string>): Promise<Response> => viewer.get(`/api/search?${new URLSearchParams(query).toString()}`);

/** What was found, newest first, and the last word. */
async function search(viewer: OpenViewer, query: Record<string, string>): Promise<{ found: NonNullable<RunSearch['found']>[]; parts: RunSearch[]; last: RunSearch | undefined }> {
  const parts = await valuesOf<RunSearch>(await ask(viewer, query));
  return { found: parts.flatMap(({ found }) => found ?? []), parts, last: parts.at(-1) };
}

const idsOf = (found: readonly NonNullable<RunSearch['found']>[]): string[] => found.map(({ run }) => run.runId);

const objectFile = (repo: TestRepo, id: string): string => join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2));

test('the newest runs come first, with few hits of each', () =>
  withRepo(async (repo) => {
    const runs = await storeLogs(repo, ['\x1b[1mNee\x1b[0mdle\n'.repeat(5), 'none\n', 'x\nneedle 1\n'.repeat(6), '::error::a needle']);
    await withViewer(repo, async (viewer) => {
      for (const query of [{ q: 'needle' }, { q: 'nee.le', regex: '1' }]) {
        const { found, last } = await search(viewer, query);
        expect(idsOf(found)).toEqual([runs[0]?.runId, runs[2]?.runId, runs[3]?.runId]);
        expect(found.map(({ hits, more }) => [hits.map(({ line }) => line), more])).toEqual([[[1, 2, 3, 4, 5], false], [[2, 4, 6, 8, 10], true], [[1], false]]);
        expect(found.map(({ hits }) => hits[0]?.text)).toEqual(['Needle', 'needle 1', 'error a needle']);
        expect(found.map(({ subject }) => subject)).toEqual(['change 3 of main', 'change 1 of main', 'change 0 of main']);
        expect(last).toEqual({ searched: 4, of: 4, done: true });
      }
      expect(idsOf((await search(viewer, { q: 'Needle', case: '1' })).found)).toEqual([runs[0]?.runId]);
      expect((await search(viewer, { q: 'nee.le' })).found).toEqual([]);
    });
  }));

test('by branch and by verdict', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 10, failEvery: 5 });
    await makeFakeRuns(repo, { count: 3, branch: 'other', failEvery: 0, newest: 1_700_000_000 });
    await withViewer(repo, async (viewer) => {
      const count = async (query: Record<string, string>): Promise<number> => {
        const { found, last } = await search(viewer, { q: 'line 0:', ...query });
        expect(last).toEqual({ searched: 13, of: 13, done: true });
        return found.length;
      };
      expect(await count({})).toBe(13);
      expect(await count({ branch: 'other' })).toBe(3);
      expect(await count({ verdict: 'failed' })).toBe(2);
      expect(await count({ branch: 'other', verdict: 'failed' })).toBe(0);
      expect((await ask(viewer, { q: 'a', verdict: 'bad' })).status).toBe(400);
      expect((await ask(viewer, { q: 'a(', regex: '1' })).status).toBe(400);
      expect((await ask(viewer, {})).status).toBe(400);
    });
  }));

test('progress is told while nothing is found', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 1300, perCommit: 1300 });
    await withViewer(repo, async (viewer) => {
      const { found, parts } = await search(viewer, { q: 'nowhere' });
      const steps = parts.map(({ searched }, at) => searched - (parts[at - 1]?.searched ?? 0));
      expect(found).toEqual([]);
      expect(parts.length).toBeGreaterThan(6);
      expect(Math.max(...steps)).toBeLessThanOrEqual(200);
    });
  }));

test('a log that is gone, or broken, is passed over', () =>
  withRepo(async (repo) => {
    const runs = await storeLogs(repo, ['needle a', 'needle b', 'needle c', 'needle d', 'needle e']);
    const blobOf = (at: number): Promise<string> => repo.git('rev-parse', `${runs[at]?.result ?? ''}:run.output.txt`);
    const [gone, broken, alsoBroken] = [await blobOf(0), await blobOf(2), await blobOf(3)];
    rmSync(objectFile(repo, gone));
    for (const id of [broken, alsoBroken]) {
      chmodSync(objectFile(repo, id), 0o644);
      writeFileSync(objectFile(repo, id), 'no object');
    }
    await withViewer(repo, async (viewer) => {
      const { found, last } = await search(viewer, { q: 'needle' });
      expect(found.map(({ hits }) => hits[0]?.text)).toEqual(['needle b', 'needle e']);
      expect(last).toEqual({ searched: 5, of: 5, done: true });
    });
  }));

test('an expression that takes years ends the search, and says so', () =>
  withRepo(async (repo) => {
    await storeLogs(repo, ['aaa\n', `${'a'.repeat(60)}!\n`, 'aaa\n']);
    await withViewer(repo, async (viewer) => {
      const { found, last } = await search(viewer, { q: '^(a+)+$', regex: '1' });
      expect(found).toHaveLength(1);
      expect(last).toEqual({ searched: 1, of: 3, done: true, problem: expect.stringContaining('takes too long') as unknown });
    });
  }));

test('who leaves ends the search', () =>
  withRepo(async (repo) => {
    await storeLogs(repo, [`${'a'.repeat(60)}!\n`]);
    await makeFakeRuns(repo, { count: 600, newest: 1_700_000_000 });
    await withViewer(repo, async (viewer) => {
      for (let time = 0; time < 5; time += 1) {
        await (await ask(viewer, { q: '^(a+)+$', regex: '1' })).body?.cancel();
        const reader = (await ask(viewer, { q: 'line' })).body?.getReader();
        expect((await reader?.read())?.done).toBe(false);
        await reader?.cancel();
      }
      expect((await search(viewer, { q: 'a!' })).found).toHaveLength(1);
    });
  }));

test('a repository without runs has nothing to search', () =>
  withRepo(async (repo) => {
    await withViewer(repo, async (viewer) => {
      expect((await search(viewer, { q: 'a' })).parts).toEqual([{ searched: 0, of: 0, done: true }]);
    });
  }));
