import { findFlaky, type FlakyTest, type RunTests } from '../../model/test-history.ts';
import type { TestCase } from '../../model/test-case.ts';
import type { ResultSummary } from '../../model/trailers.ts';
import type { StoredRunRef, Summaries } from '../../store/run-list.ts';
import { groupBy } from '../results/run-index.ts';
import { passed, skipped, statuses, type CompactTests } from './compact-tests.ts';
import type { FactsOfRuns } from './run-facts.ts';

/** Runs that can tell of flaky tests: nobody knows what a dirty one ran. */
export const isComparable = (summary: ResultSummary | undefined): boolean =>
  summary?.tree !== undefined && summary.script !== undefined && !summary.dirty;

interface Run {
  run: StoredRunRef;
  summary: ResultSummary;
  tests: CompactTests;
}

/**
 * `findFlaky`, told only of the cases that may be flaky: millions of others are left out before they take memory.
 * @param facts of these runs, by position.
 */
export function flakyTests(runs: readonly StoredRunRef[], summaries: Summaries, { facts, names }: FactsOfRuns): FlakyTest[] {
  const telling = facts.flatMap(({ tests }, position): Run[] => {
    const run = runs[position];
    const summary = run && summaries.get(run.result);
    return run === undefined || summary === undefined || tests === undefined || !isComparable(summary) ? [] : [{ run, summary, tests }];
  });
  const groups = [...groupBy(telling, ({ summary }) => `${summary.tree} ${summary.script}`).values()];
  const histories = groups.flatMap((group): RunTests[] => {
    const changing = changingNames(group.map(({ tests }) => tests));
    if (changing.size === 0) return [];
    return group.map(({ run, summary, tests }) => ({
      runId: run.runId,
      commit: run.commit,
      tree: summary.tree ?? '',
      script: summary.script ?? '',
      dirty: false,
      cases: casesOf(tests, changing, names.nameOf),
    }));
  });
  return findFlaky(histories);
}

/** Tests that passed in one of these runs and failed in another. */
function changingNames(runs: readonly CompactTests[]): Set<number> {
  const goodIn = new Set<number>();
  const badIn = new Set<number>();
  for (const { names, results } of runs) {
    names.forEach((name, position) => {
      const result = results[position];
      if (result !== skipped) (result === passed ? goodIn : badIn).add(name);
    });
  }
  return new Set([...badIn].filter((name) => goodIn.has(name)));
}

function casesOf({ names, results }: CompactTests, wanted: ReadonlySet<number>, nameOf: FactsOfRuns['names']['nameOf']): TestCase[] {
  const cases: TestCase[] = [];
  names.forEach((name, position) => {
    if (wanted.has(name)) cases.push({ ...nameOf(name), status: statuses[results[position] ?? skipped] ?? 'skipped', durationMs: null, report: '' });
  });
  return cases;
}
