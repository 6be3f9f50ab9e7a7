import type { TestHistory } from '../../api/tests.ts';
import type { StoredRunRef, Summaries } from '../../store/run-list.ts';
import { storedItem } from '../results/run-items.ts';
import { positionOf, statuses } from './compact-tests.ts';
import type { FactsOfRuns } from './run-facts.ts';

/** What is asked of a history. */
export interface HistoryQuestion {
  suite: string;
  name: string;
  /** Results, at most. */
  limit: number;
}

/** One test over runs that are given newest first. @param facts of these runs, by position. */
export function testHistoryOf({ suite, name, limit }: HistoryQuestion, runs: readonly StoredRunRef[], summaries: Summaries, { facts, names }: FactsOfRuns): TestHistory {
  const number = names.find({ suite, name });
  const results: TestHistory['results'] = [];
  let looked = 0;
  for (const [at, { tests }] of facts.entries()) {
    const run = runs[at];
    if (results.length === limit || run === undefined) break;
    if (tests === undefined) continue;
    looked += 1;
    const position = number === undefined ? -1 : positionOf(tests, number);
    if (number === undefined || position < 0) continue;
    const ms = tests.times[position] ?? Number.NaN;
    const message = tests.messages.get(number);
    results.push({
      run: storedItem(run, summaries.get(run.result)),
      status: statuses[tests.results[position] ?? 0] ?? 'skipped',
      durationMs: Number.isNaN(ms) ? null : ms,
      ...(message === undefined ? {} : { message }),
    });
  }
  return { suite, name, results, looked };
}
