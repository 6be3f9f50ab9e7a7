import type { RunItem } from '../../../src/api/run-item.ts';
import type { Trends } from '../../../src/api/trends.ts';
import { verdictOf } from '../../parts/verdict.ts';

type Runs = Trends['runs'];
type Values = (number | null)[];

/** Runs that a pass rate is taken over. */
export const rateWindow = 10;

/** How many of the last runs passed, in percent, at each run: those that somebody or something ended say nothing. */
export function passRate(runs: readonly RunItem[]): Values {
  const last: boolean[] = [];
  return runs.map((run) => {
    const verdict = verdictOf(run);
    if (!['cancelled', 'interrupted', 'running'].includes(verdict)) last.push(verdict === 'passed');
    if (last.length > rateWindow) last.shift();
    return last.length === 0 ? null : (100 * last.filter(Boolean).length) / last.length;
  });
}

/** The steps that took the most time over all runs, in ms; all others together are the last. A name that a run has twice counts as one. */
export function stepLines(runs: Runs, most: number): { name: string; values: Values }[] {
  const totals = new Map<string, number>();
  const sums = runs.map(({ steps }) => {
    const sum = new Map<string, number>();
    for (const { name, durationMs } of steps) {
      sum.set(name, (sum.get(name) ?? 0) + durationMs);
      totals.set(name, (totals.get(name) ?? 0) + durationMs);
    }
    return sum;
  });
  const names = [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name);
  // One step alone is not worth being called "others".
  const shown = names.length === most + 1 ? names : names.slice(0, most);
  const rest = names.slice(shown.length);
  const lines = shown.map((name) => ({ name, values: sums.map((sum) => sum.get(name) ?? null) }));
  return rest.length === 0 ? lines : [...lines, { name: `${rest.length} others`, values: sums.map((sum) => total(sum, rest)) }];
}

function total(sum: ReadonlyMap<string, number>, names: readonly string[]): number | null {
  const values = names.flatMap((name) => sum.get(name) ?? []);
  return values.length === 0 ? null : values.reduce((all, value) => all + value, 0);
}

/** The middle of some numbers; `undefined` if there are none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  return upper === undefined || sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Runs that are the latest ones: the others are what they are compared with. */
const latestRuns = 5;

/** The line that grew the most, by the middle of the latest values and of those before; `undefined` if none grew by a tenth. */
export function mostGrown(lines: readonly { name: string; values: Values }[]): { name: string; before: number; after: number } | undefined {
  const grown = lines.flatMap(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const before = median(known.slice(0, -latestRuns));
    const after = median(known.slice(-latestRuns));
    return before === undefined || after === undefined || after < before * 1.1 ? [] : [{ name, before, after }];
  });
  return grown.sort((a, b) => b.after - b.before - (a.after - a.before))[0];
}

/** The latest value, the middle one and the extremes, in a sentence. */
export function describeValues(values: Values, format: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  const [latest, middle] = [known.at(-1), median(known)];
  if (latest === undefined || middle === undefined) return 'Nothing is known.';
  // A number and its unit stay on one line.
  const words = (value: number): string => format(value).replace(' ', '\u00a0');
  return `The latest is ${words(latest)}, half are below ${words(middle)}; from ${words(Math.min(...known))} to ${words(Math.max(...known))}.`;
}

/** How the runs ended: `8 passed, 2 failed`. */
export function countVerdicts(runs: readonly RunItem[]): string {
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(verdictOf(run), (counts.get(verdictOf(run)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}
