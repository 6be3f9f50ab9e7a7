import type { ChartContent } from './chart-content.ts';

const wholeNumbers = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((zeros) => [1, 2, 5].map((digit) => digit * 10 ** zeros));

/** Where a value stands, and the values that are written beside the scale. */
export interface Scale {
  /** From 0 at the bottom to 1 at the top. */
  at(value: number): number;
  ticks: number[];
}

/** The vertical scale of a chart: from 0 to a little above what it shows. */
export function verticalScale({ lines, most, steps = wholeNumbers, stacked = false }: Pick<ChartContent, 'lines' | 'most' | 'steps' | 'stacked'>): Scale {
  const tops = stacked ? (stackOf(lines).at(-1) ?? []) : lines.flatMap(({ values }) => values);
  const highest = tops.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  const top = most ?? Math.max(1, highest) * 1.06;
  return { at: (value) => value / top, ticks: multiples(stepFor(top, 5, steps), top) };
}

/** The places among so many runs that get a label, if no more than so many find room. */
export const labelledPlaces = (count: number, most: number): number[] => multiples(stepFor(count, Math.max(1, most), wholeNumbers), count - 1);

/** Where the longest step is too short: what a result says may be any number. */
const stepFor = (range: number, most: number, steps: readonly number[]): number => steps.find((step) => range / step <= most) ?? Math.ceil(range / most);

const multiples = (step: number, end: number): number[] => Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);

/** Where the part of each line ends, at each run: on what the lines before it come to. */
export function stackOf(lines: ChartContent['lines']): number[][] {
  const sums: number[] = [];
  return lines.map(({ values }) => values.map((value, at) => (sums[at] = (sums[at] ?? 0) + (value ?? 0))));
}
