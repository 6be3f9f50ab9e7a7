import { describe, expect, test } from 'vitest';
import type { CommitItem } from '../../../src/api/commits.ts';
import { tellingRun, type RunItem } from '../../../src/api/run-item.ts';
import { withRuns } from '../../../web/views/commits/merge-runs.ts';
import { rowsOf } from '../../../web/views/commits/rows.ts';
import { withLive } from '../../../web/views/runs/merge-live.ts';

const hashOf = (digit: string): string => digit.repeat(40);

const run = (commit: string, runId: string, live: RunItem['live'] = null): RunItem => ({
  runId,
  commit: hashOf(commit),
  ref: `refs/jci-runs/${hashOf(commit)}/${runId}`,
  status: live === null ? 'success' : 'running',
  outcome: live === null ? 'passed' : null,
  startedAt: '2026-01-01T00:00:00Z',
  durationMs: null,
  trigger: 'manual',
  branch: 'main',
  dirty: false,
  live,
  problem: null,
});

const commit = (digit: string, ...runs: RunItem[]): CommitItem => ({
  hash: hashOf(digit),
  shortHash: digit.repeat(7),
  message: digit,
  author: 'A',
  date: '2026-01-01T00:00:00Z',
  hasCI: runs.length > 0,
  ciStatus: runs[0]?.status ?? '',
  runs,
  sameTree: null,
});

const idsOf = (commits: CommitItem[]): string[][] => commits.map(({ runs }) => runs.map(({ runId, live }) => `${runId}${live ?? ''}`));

describe('runs that came since commits were asked for', () => {
  test('a run under way is the newest of its commit, and its commit is running', () => {
    const [first, second] = withRuns([commit('a', run('a', '1-0000')), commit('b')], [run('a', '2-0000', 'running')], []);
    expect(idsOf([first!, second!])).toEqual([['2-0000running', '1-0000'], []]);
    expect(first?.ciStatus).toBe('running');
  });

  test('a run that is no longer under way and was not stored goes', () => {
    expect(idsOf(withRuns([commit('a', run('a', '2-0000', 'running'), run('a', '1-0000'))], [], []))).toEqual([['1-0000']]);
  });

  test('a stored run wins over the same run under way', () => {
    expect(idsOf(withRuns([commit('a')], [run('a', '1-0000', 'storing')], [run('a', '1-0000')]))).toEqual([['1-0000']]);
  });

  test('commits without news stay the very same', () => {
    const known = commit('a', run('a', '1-0000'));
    expect(withRuns([known], [run('b', '1-0000', 'running')], [])[0]).toBe(known);
  });
});

describe('what is told of a commit', () => {
  const passed = run('a', '1-0000');
  const over = (news: Partial<RunItem>): RunItem => ({ ...run('a', '2-0000'), status: 'failed', outcome: 'failed', ...news });

  test.each<[string, RunItem]>([
    ['a dirty run', over({ dirty: true })],
    ['a cancelled one', over({ outcome: 'cancelled' })],
    ['one whose git jci died', over({ outcome: 'interrupted' })],
    ['one that is lost', over({ status: 'running', outcome: null, live: 'lost' })],
    ['one that cannot be read', over({ outcome: null, problem: 'unreadable' })],
  ])('%s is not, where there is a verdict', (_, newer) => {
    expect(tellingRun([newer, passed])).toBe(passed);
    expect(tellingRun([newer])).toBe(newer);
  });

  test.each<[string, RunItem]>([
    ['the newest verdict', over({})],
    ['a timeout', over({ outcome: 'timeout' })],
    ['a result of the Go tool', over({ outcome: null })],
    ['a run under way, dirty or not', over({ status: 'running', outcome: null, live: 'running', dirty: true })],
  ])('%s is', (_, newer) => expect(tellingRun([newer, passed])).toBe(newer));
});

test('the runs of an unfolded commit stand below it', () => {
  const commits = [commit('a', run('a', '2-0000'), run('a', '1-0000')), commit('b')];
  expect(rowsOf(commits, new Set([hashOf('a')])).map((row) => row.run?.runId ?? row.commit.message)).toEqual(['a', '2-0000', '1-0000', 'b']);
  expect(rowsOf(commits, new Set()).map((row) => row.commit.message)).toEqual(['a', 'b']);
});

describe('recent runs', () => {
  const listed = [{ ...run('a', '1-0000'), subject: 'one' }];

  test('those under way stand above, with the subject of their commit, if the filters want them', () => {
    const live = [run('a', '2-0000', 'running')];
    expect(withLive(listed, live, '', '').map(({ runId, subject }) => [runId, subject])).toEqual([['2-0000', 'one'], ['1-0000', 'one']]);
    expect(withLive(listed, live, 'other', '').map(({ runId }) => runId)).toEqual(['1-0000']);
    expect(withLive(listed, live, '', 'failed').map(({ runId }) => runId)).toEqual(['1-0000']);
  });

  test('what was stored meanwhile is not told twice', () => {
    expect(withLive(listed, [run('a', '1-0000', 'storing')], '', '')).toEqual(listed);
  });
});
