import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../../src/api/check.ts';
import { flakyTests, foundTests, testHistory, testList } from '../../../../src/api/tests.ts';
import { trends } from '../../../../src/api/trends.ts';
import { makeFakeRuns } from '../../../helpers/fake-runs.ts';
import { withRepo } from '../../../helpers/repo.ts';
import { withViewer } from '../open-viewer.ts';
import { reportingScript, runWithTests } from './runs-with-tests.ts';

test('the tests of runs: lists, histories, flaky ones and the slowest', () =>
  withRepo(
    async (repo) => {
      const first = await runWithTests(repo, [['a', 0.1], ['b', 2], ['c', 0.3, 'c broke']]);
      const second = await runWithTests(repo, [['a', 0.3, 'a broke'], ['b', 4], ['c', 0.1, 'c broke again'], ['new', 0.01]]);
      const head = await repo.git('rev-parse', 'HEAD');
      await withViewer(repo, async (viewer) => {
        const list = check(testList, await viewer.json(`/api/tests/${head}/${second}`));
        expect(list.cases.map(({ name }) => name)).toEqual(['a', 'c', 'b', 'new']);
        expect(list).toMatchObject({ found: 4, omitted: 0, totals: { passed: 2, failed: 2 } });
        const narrowed = check(testList, await viewer.json(`/api/tests/${head}/${second}?status=passed&text=NE`));
        expect(narrowed.cases.map(({ name }) => name)).toEqual(['new']);
        expect(check(testList, await viewer.json(`/api/tests/${head}/${second}?offset=3`)).cases.map(({ name }) => name)).toEqual(['new']);

        const history = check(testHistory, await viewer.json('/api/tests/history?suite=s&name=a'));
        expect(history.looked).toBe(2);
        expect(history.results.map(({ run, status, durationMs, message }) => [run.runId, status, durationMs, message])).toEqual([
          [second, 'failed', 300, 'a broke'],
          [first, 'passed', 100, undefined],
        ]);
        expect(check(testHistory, await viewer.json('/api/tests/history?suite=s&name=a&limit=1')).results).toHaveLength(1);
        expect(check(testHistory, await viewer.json('/api/tests/history?suite=s&name=never')).results).toEqual([]);

        const found = check(foundTests, await viewer.json('/api/tests/find?text=S+N'));
        expect(found).toMatchObject({ found: 1, looked: 2, tests: [{ suite: 's', name: 'new', status: 'passed', run: { runId: second } }] });
        expect(check(foundTests, await viewer.json('/api/tests/find?text=')).tests.map(({ name, status }) => `${name} ${status}`).sort()).toEqual(['a failed', 'b passed', 'c failed', 'new passed']);

        const flaky = check(flakyTests, await viewer.json('/api/flaky'));
        const { stdout } = await repo.jci('flaky', '--json');
        expect(flaky.tests).toEqual((JSON.parse(stdout) as { flaky: unknown }).flaky);
        expect(flaky.tests).toMatchObject([{ suite: 's', name: 'a', flips: 1, passed: 1, failed: 1 }]);

        const shown = check(trends, await viewer.json('/api/trends'));
        expect(shown.runs.map(({ run, steps, tests }) => [run.runId, steps.map(({ name }) => name), tests?.failed])).toEqual([
          [first, ['build'], 1],
          [second, ['build'], 2],
        ]);
        expect(shown.slowestTests.slice(0, 2)).toEqual([
          { suite: 's', name: 'b', medianMs: 3000, longestMs: 4000, runs: 2 },
          { suite: 's', name: 'a', medianMs: 200, longestMs: 300, runs: 2 },
        ]);
        // Asked again, all comes from memory, and is the same.
        expect(check(trends, await viewer.json('/api/trends?limit=1')).runs).toEqual(shown.runs.slice(1));
      });
    },
    { script: reportingScript },
  ));

test('trends of a branch, whole and with runs without anything', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    await makeFakeRuns(repo, { count: 30, commits: 'gone', branch: 'one' });
    await makeFakeRuns(repo, { count: 20, perCommit: 2, branch: 'two', newest: 1_700_000_000 });
    await withViewer(repo, async (viewer) => {
      expect(check(trends, await viewer.json('/api/trends')).runs).toHaveLength(50);
      const two = check(trends, await viewer.json('/api/trends?branch=two&limit=5'));
      expect(two.runs.map(({ run }) => run.branch)).toEqual(Array(5).fill('two'));
      const ids = two.runs.map(({ run }) => run.runId);
      expect(ids).toEqual([...ids].sort());
      expect(ids.at(-1)).toMatch(/^1700000000-/);
      expect(two.runs[0]?.steps).toMatchObject([{ name: 'test' }]);
      expect(two.slowestTests).toEqual([]);
      expect(check(trends, await viewer.json('/api/trends?branch=none')).runs).toEqual([]);
      expect((await viewer.get('/api/trends?limit=501')).status).toBe(400);
      expect((await viewer.get(`/api/tests/${'0'.repeat(40)}/1700000000-0000`)).status).toBe(404);
      expect((await viewer.get('/api/tests/x/y')).status).toBe(400);
      const answered = await viewer.get('/api/trends');
      expect((await viewer.get('/api/trends', { 'If-None-Match': answered.headers.get('etag') ?? '' })).status).toBe(304);
    });
  }));

test('a result that comes later is looked at again', () =>
  withRepo(
    async (repo) => {
      for (const failure of [[], ['broke']] as const) await runWithTests(repo, [['a', 0.1, ...failure]]);
      const trees = await Promise.all((await repo.refs()).map((ref) => repo.git('rev-parse', `${ref}^{tree}`)));
      const move = (from: string, to: string): void => {
        for (const id of trees) renameSync(join(repo.root, from, id.slice(0, 2), id.slice(2)), join(repo.root, to, id.slice(0, 2), id.slice(2)));
      };
      for (const id of trees) mkdirSync(join(repo.root, 'away', id.slice(0, 2)), { recursive: true });
      move('repo/.git/objects', 'away');
      await withViewer(repo, async (viewer) => {
        const paths = ['/api/trends', '/api/flaky', '/api/tests/history?suite=s&name=a'];
        const without = await Promise.all(paths.map((path) => viewer.get(path)));
        expect(without.map(({ status, headers }) => [status, headers.get('etag')])).toEqual(paths.map(() => [200, null]));
        expect(check(trends, await without[0]?.json()).runs.map(({ steps, tests }) => [steps, tests])).toEqual([[[], null], [[], null]]);
        move('away', 'repo/.git/objects');
        const shown = check(trends, await viewer.json('/api/trends'));
        expect(shown.runs.map(({ steps, tests }) => [steps.length, tests?.failed])).toEqual([[1, 0], [1, 1]]);
        expect(check(flakyTests, await viewer.json('/api/flaky')).tests).toMatchObject([{ name: 'a' }]);
        expect(check(testHistory, await viewer.json('/api/tests/history?suite=s&name=a')).results).toHaveLength(2);
        for (const path of paths) expect((await viewer.get(path)).headers.get('etag')).not.toBe(null);
      });
    },
    { script: reportingScript },
  ));

test('a result that says nothing of itself is whole all the same', () =>
  withRepo(
    async (repo) => {
      const head = await repo.git('rev-parse', 'HEAD');
      repo.write('status.txt', 'ok');
      const blob = await repo.git('hash-object', '-w', 'status.txt');
      const tree = (await repo.exec('git', ['mktree'], `100644 blob ${blob}\tstatus.txt\n`)).stdout.trim();
      await repo.git('update-ref', `refs/jci-runs/${head}/1700000000-0001`, await repo.git('commit-tree', '-m', 'a result', tree));
      await withViewer(repo, async (viewer) => {
        for (const path of ['/api/trends', '/api/flaky', '/api/tests/history?suite=s&name=a']) expect((await viewer.get(path)).headers.get('etag')).not.toBe(null);
      });
    },
    { script: 'true' },
  ));
