import type { FoundTests } from '../../api/tests.ts';
import type { StoredRunRef, Summaries } from '../../store/run-list.ts';
import { storedItem } from '../results/run-items.ts';
import { statuses } from './compact-tests.ts';
import type { FactsOfRuns } from './run-facts.ts';

const mostFound = 20;

/** Tests whose suite or name has a text in it, over runs that are given newest first. @param facts of these runs, by position. */
export function findTests(text: string, runs: readonly StoredRunRef[], summaries: Summaries, { facts, names }: FactsOfRuns): FoundTests {
  const wanted = text.toLowerCase();
  const fits = new Map<number, boolean>();
  const tests: FoundTests['tests'] = [];
  let [found, looked] = [0, 0];
  for (const [at, { tests: cases }] of facts.entries()) {
    const run = runs[at];
    if (run === undefined || cases === undefined) continue;
    looked += 1;
    cases.names.forEach((number, position) => {
      // Each counts once, as the latest run has it.
      if (fits.has(number)) return;
      const test = names.nameOf(number);
      const isWanted = `${test.suite} ${test.name}`.toLowerCase().includes(wanted);
      fits.set(number, isWanted);
      if (!isWanted) return;
      found += 1;
      if (tests.length < mostFound) tests.push({ ...test, status: statuses[cases.results[position] ?? 0] ?? 'skipped', run: storedItem(run, summaries.get(run.result)) });
    });
  }
  return { tests, found, looked };
}
