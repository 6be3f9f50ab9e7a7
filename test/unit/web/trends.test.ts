import { describe, expect, test } from 'vitest';
import type { RunItem } from '../../../src/api/run-item.ts';
import type { TestHistory } from '../../../src/api/tests.ts';
import { describeHistory, groupFailures } from '../../../web/views/test-history/history-words.ts';
import { chartsOf } from '../../../web/views/trends/contents.ts';
import { countVerdicts, describeValues, median, mostGrown, passRate, stepLines } from '../../../web/views/trends/trend-data.ts';

const run = (outcome: RunItem['outcome'], runId = '1700000000-12ab'): RunItem => ({
  runId,
  commit: 'a'.repeat(40),
  ref: `refs/jci-runs/${'a'.repeat(40)}/${runId}`,
  status: outcome === 'passed' ? 'success' : 'failed',
  outcome,
  startedAt: '2026-01-01T00:00:00Z',
  durationMs: 1000,
  trigger: 'manual',
  branch: 'main',
  dirty: false,
  live: null,
  problem: null,
});
const withSteps = (...steps: [string, number][]) => ({ run: run('passed'), steps: steps.map(([name, durationMs]) => ({ name, durationMs })), tests: null });

describe('pass rate', () => {
  test('is that of the last ten runs', () => {
    const runs = [...Array.from({ length: 10 }, () => run('failed')), ...Array.from({ length: 5 }, () => run('passed'))];
    expect(passRate(runs).map((rate) => rate)).toEqual([...Array.from({ length: 10 }, () => 0), 10, 20, 30, 40, 50]);
  });

  test('leaves out what was ended from outside', () => {
    expect(passRate([run('cancelled'), run('passed'), run('interrupted'), run('timeout'), run('broken')])).toEqual([null, 100, 100, 50, 100 / 3]);
  });
});

describe('steps', () => {
  test('the longest come first, all others together last', () => {
    const runs = [withSteps(['a', 1], ['b', 5], ['c', 3], ['d', 2]), withSteps(['b', 6], ['a', 1])];
    expect(stepLines(runs, 2)).toEqual([
      { name: 'b', values: [5, 6] },
      { name: 'c', values: [3, null] },
      { name: '2 others', values: [3, 1] },
    ]);
  });

  test('one step too many is shown, and a name that is there twice counts as one', () => {
    expect(stepLines([withSteps(['a', 4], ['b', 2], ['a', 1])], 1)).toEqual([
      { name: 'a', values: [5] },
      { name: 'b', values: [2] },
    ]);
  });
});

describe('the step that grew the most', () => {
  const line = (name: string, ...values: (number | null)[]) => ({ name, values });

  test('is told by the middle of the latest runs and of those before', () => {
    const lines = [line('a', 10, 10, 10, 10, 10, 30, 10, 30, 30), line('b', 100, 100, null, 100, 150, 150, 150, 900, 1), line('c', 5, 5, 5, 5, 1, 1, 1, 1, 1)];
    expect(mostGrown(lines)).toEqual({ name: 'b', before: 100, after: 150 });
  });

  test('is none if there is nothing to compare with, or all are as they were', () => {
    expect(mostGrown([line('a', 1, 2, 3, 4, 5)])).toBeUndefined();
    expect(mostGrown([line('a', 100, 100, 100, 105, 105, 105, 105, 105)])).toBeUndefined();
  });
});

test('the median is in the middle', () => {
  expect([[], [3], [9, 1], [5, 1, 100]].map((values) => median(values))).toEqual([undefined, 3, 5, 5]);
});

test('values are told of in a sentence', () => {
  expect(describeValues([4, null, 2, 3, null], String)).toBe('The latest is 3, half are below 3; from 2 to 4.');
  expect(describeValues([null], String)).toBe('Nothing is known.');
  expect(countVerdicts([run('failed'), run('passed'), run('passed')])).toBe('2 passed, 1 failed');
});

test('there are charts only of what is known', () => {
  const tests = { passed: 1, failed: 0, skipped: 0, durationMs: 1 };
  expect(chartsOf({ runs: [withSteps(), withSteps()], slowestTests: [] }).map(({ title }) => title)).toEqual(['Duration of runs', 'Pass rate']);
  const charts = chartsOf({ runs: [withSteps(['a', 1]), { ...withSteps(), tests }], slowestTests: [] });
  expect(charts.map(({ title, content }) => [title, content.runs.length])).toEqual([
    ['Duration of runs', 2],
    ['Duration of steps', 2],
    ['Pass rate', 2],
    ['Tests', 1],
  ]);
});

describe("a test's history", () => {
  const history = (...results: [TestHistory['results'][number]['status'], string?][]): TestHistory => ({
    suite: 's',
    name: 'n',
    looked: 1000,
    results: results.map(([status, message], at) => ({ run: run('passed', String(at)), status, durationMs: null, ...(message === undefined ? {} : { message }) })),
  });

  test.each([
    [history(['failed'], ['failed'], ['passed']), '1 × passed, 2 × failed; failed in the latest 2. '],
    [history(['passed'], ['failed']), '1 × passed, 1 × failed; passed only in the latest. '],
    [history(['skipped']), '1 × skipped; skipped in all of them. '],
  ])('is told of in a sentence', (given, words) => {
    expect(describeHistory(given)).toContain(words);
  });

  test('tells each failure once', () => {
    const groups = groupFailures(history(['failed', 'x'], ['passed'], ['error', 'y'], ['failed', 'x'], ['failed']).results);
    expect(groups.map(({ message, results }) => [message, results.map(({ run: { runId } }) => runId)])).toEqual([
      ['x', ['0', '3']],
      ['y', ['2']],
      ['', ['4']],
    ]);
  });
});
