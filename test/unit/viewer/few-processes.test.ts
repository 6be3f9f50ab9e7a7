import { expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo } from '../../helpers/repo.ts';
import { countGit } from './counted-git.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';
import { storeLogs } from './stored-log.ts';

/** Asks for all at once. @returns the different statuses. */
async function statusesOf(viewer: OpenViewer, paths: readonly string[], signal?: AbortSignal): Promise<number[]> {
  const asked = paths.map((path) => viewer.fetch(new Request(`http://localhost${path}`, { headers: { host: 'localhost' }, ...(signal === undefined ? {} : { signal }) })));
  return [...new Set((await Promise.all(asked)).map(({ status }) => status))];
}

test('who asks for the same results at the same time waits for the same git', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 30, commits: 'gone' });
    const git = countGit(repo);
    await withViewer(git.repo, async (viewer) => {
      expect(await statusesOf(viewer, Array.from({ length: 20 }, () => '/api/runs'))).toEqual([200]);
      expect(git.traces(/cat-file .*--batch --buffer/)).toHaveLength(1);
    });
  }));

test('many badges are one question', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 1 });
    const git = countGit(repo);
    await withViewer(git.repo, async (viewer) => {
      expect(await statusesOf(viewer, Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? '/api/badge' : '/api/badge?branch=main')))).toEqual([200]);
      expect(git.traces(/config .*--list/)).toHaveLength(1);
      expect(git.traces(/./).length).toBeLessThan(10);
    });
  }));

test('few logs are compared at the same time, and whoever leaves makes room', () =>
  withRepo(async (repo) => {
    const runs = await storeLogs(repo, Array.from({ length: 8 }, (_, at) => `same\n${at}\n`));
    const [before] = runs;
    const git = countGit(repo, `"$TMPDIR"/git-jci-compare-*`);
    await withViewer({ ...git.repo, env: { ...git.repo.env, TMPDIR: repo.root } }, async (viewer) => {
      const paths = runs.map(({ commit, runId }) => `/api/compare/log?a=${before?.commit ?? ''}/${before?.runId ?? ''}&b=${commit}/${runId}`);
      const leaving = new AbortController();
      const left = statusesOf(viewer, paths, leaving.signal);
      const stayed = statusesOf(viewer, paths);
      leaving.abort();
      expect(await stayed).toEqual([200]);
      expect(await left).toEqual([503]);
      const folders = git.traces(/ diff .*--no-index/).map((line) => line.split('git-jci-compare-').length);
      expect(folders.length).toBeGreaterThanOrEqual(8);
      // Two are its own words.
      expect(Math.max(...folders)).toBeLessThanOrEqual(2 + 2 + 1);
    });
  }));
