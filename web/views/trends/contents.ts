import { formatDuration } from '../../../src/base/duration.ts';
import type { Trends } from '../../../src/api/trends.ts';
import type { ChartContent, Line } from '../../chart/chart-content.ts';
import { lineStyles } from '../../chart/marks.ts';
import { verdictOf } from '../../parts/verdict.ts';
import { formatCount } from '../../parts/format-count.ts';
import { countVerdicts, describeValues, mostGrown, passRate, rateWindow, stepLines } from './trend-data.ts';

/** Distances on a scale of times, in ms. */
export const timeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 86_400].map((seconds) => seconds * 1000)];

const mostSteps = 6;

/** A chart of the view. */
export interface TrendChart {
  title: string;
  summary: string;
  content: ChartContent;
}

/** All charts that there are values for. */
export function chartsOf({ runs }: Trends): TrendChart[] {
  const items = runs.map(({ run }) => run);
  const durations = items.map(({ durationMs }) => durationMs);
  const rate = passRate(items);
  return [
    {
      title: 'Duration of runs',
      summary: `${runs.length} runs: ${countVerdicts(items)}. ${describeValues(durations, formatDuration)}`,
      content: { runs: items, marks: items.map(verdictOf), lines: [{ name: 'Duration', colour: '--text', values: durations }], format: formatDuration, steps: timeSteps },
    },
    ...stepChart(runs),
    {
      title: 'Pass rate',
      summary: `Of the last ${rateWindow} runs that came to an end. ${describeValues(rate.slice(Math.min(rateWindow, rate.length) - 1), percent)}`,
      content: { runs: items, lines: [{ name: 'Pass rate', colour: '--accent', values: rate }], format: percent, most: 104, steps: [25, 50] },
    },
    ...testChart(runs),
  ];
}

const percent = (value: number): string => `${Math.round(value)} %`;

function stepChart(runs: Trends['runs']): TrendChart[] {
  const steps = stepLines(runs, mostSteps);
  const [longest] = steps;
  if (longest === undefined) return [];
  const lines: Line[] = steps.map((line, index) => ({ ...line, ...(lineStyles[index % lineStyles.length] ?? { colour: '--text' }) }));
  return [
    {
      title: 'Duration of steps',
      summary: `${longest.name} takes the most time. ${growthOf(steps)}`,
      content: { runs: runs.map(({ run }) => run), lines, stacked: true, format: formatDuration, steps: timeSteps },
    },
  ];
}

function growthOf(steps: Parameters<typeof mostGrown>[0]): string {
  const grown = mostGrown(steps);
  if (grown === undefined) return 'No step takes noticeably longer than it used to.';
  const { name, before, after } = grown;
  return `${name} grew the most: from ${formatDuration(before)} to ${formatDuration(after)}, ×${(after / before).toFixed(1)}, in the latest runs.`;
}

function testChart(runs: Trends['runs']): TrendChart[] {
  const tested = runs.filter(({ tests }) => tests !== null);
  if (tested.length === 0) return [];
  const line = (name: 'passed' | 'failed' | 'skipped', colour: string, dash: number[]): Line => ({ name, colour, dash, values: tested.map(({ tests }) => tests?.[name] ?? null) });
  const latest = tested.at(-1)?.tests;
  return [
    {
      title: 'Tests',
      summary: `The latest run has ${latest?.passed ?? 0} passed, ${latest?.failed ?? 0} failed, ${latest?.skipped ?? 0} skipped.`,
      content: {
        runs: tested.map(({ run }) => run),
        lines: [line('passed', '--pass', []), line('failed', '--fail', [4, 3]), line('skipped', '--muted', [2, 4])],
        format: formatCount,
      },
    },
  ];
}
