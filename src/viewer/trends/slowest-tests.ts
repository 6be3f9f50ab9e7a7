import type { Trends } from '../../api/trends.ts';
import type { FactsOfRuns } from './run-facts.ts';
import { skipped } from './compact-tests.ts';

const mostTests = 20;

/** The tests whose median time is the longest; those that nobody timed, or that were skipped, count for nothing. */
export function slowestTests({ facts, names }: FactsOfRuns): Trends['slowestTests'] {
  const times = new Map<number, number[]>();
  for (const { tests } of facts) {
    tests?.names.forEach((name, position) => {
      const ms = tests.times[position] ?? Number.NaN;
      if (Number.isNaN(ms) || tests.results[position] === skipped) return;
      const others = times.get(name);
      if (others === undefined) times.set(name, [ms]);
      else others.push(ms);
    });
  }
  return [...times]
    .map(([name, all]) => {
      const sorted = all.sort((a, b) => a - b);
      return { ...names.nameOf(name), medianMs: medianOf(sorted), longestMs: sorted.at(-1) ?? 0, runs: all.length };
    })
    .sort((a, b) => b.medianMs - a.medianMs || (a.suite < b.suite || (a.suite === b.suite && a.name < b.name) ? -1 : 1))
    .slice(0, mostTests);
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
