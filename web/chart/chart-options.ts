import type uPlot from 'uplot';
import type { RunItem } from '../../src/api/run-item.ts';
import type { Verdict } from '../parts/verdict.ts';
import { marks as looks } from './marks.ts';

/** One value per run; `null` where there is none. */
export interface Line {
  name: string;
  /** A colour, or the name of the variable that it is in. */
  colour: string;
  dash?: number[];
  values: readonly (number | null)[];
}

/** What a chart shows: lines over runs, oldest first. */
export interface ChartContent {
  lines: readonly Line[];
  runs: readonly RunItem[];
  /** How the points of the first line look: then it has no line. */
  marks?: readonly Verdict[];
  /** What a look means, where it is no verdict of a run. */
  words?: Partial<Record<Verdict, string>>;
  format: (value: number) => string;
  /** The top of the scale, if the values do not say. */
  most?: number;
  /** Distances that the scale may be divided by. */
  steps?: number[];
}

const font = '12px system-ui, sans-serif';
const wholeNumbers = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((zeros) => digit * 10 ** zeros)).sort((a, b) => a - b);

/** What uPlot is to draw; colours are read when it draws, since the theme may change. */
export function chartOptions(content: ChartContent, width: number, height: number, onCursor: (index: number | null) => void): uPlot.Options {
  const { lines, runs, marks, most } = content;
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: marks === undefined } },
    scales: {
      x: { time: false, range: () => [-0.5, runs.length - 0.5] },
      y: { range: (_, __, max: number | null) => [0, most ?? Math.max(1, max ?? 0) * 1.06] },
    },
    axes: [xAxis(runs), yAxis(content)],
    series: [
      {},
      ...lines.map(({ name, colour, dash = [] }) => ({
        label: name,
        stroke: () => colourOf(colour),
        width: 1.75,
        dash,
        ...(marks === undefined ? { points: { size: 5 } } : { paths: () => null, points: { show: false } }),
      })),
    ],
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)], draw: marks === undefined ? [] : [(plot) => drawMarks(plot, marks)] },
  };
}

function xAxis(runs: readonly RunItem[]): uPlot.Axis {
  const days = new Set(runs.map(({ startedAt }) => startedAt.slice(0, 10)));
  const label = ({ startedAt }: RunItem): string =>
    days.size === 1
      ? new Date(startedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
      : new Date(startedAt).toLocaleDateString([], { month: 'short', day: 'numeric' });
  const values = (_: uPlot, splits: number[]): string[] => splits.map((at) => (runs[at] === undefined ? '' : label(runs[at])));
  return { ...axis(), grid: { show: false }, incrs: wholeNumbers, space: 70, values };
}

function yAxis({ format, steps = wholeNumbers }: ChartContent): uPlot.Axis {
  return { ...axis(), size: 78, incrs: steps, values: (_, splits) => splits.map(format) };
}

function axis(): uPlot.Axis {
  const line = { stroke: () => colourOf('--line'), width: 1 };
  return { font, stroke: () => colourOf('--muted'), grid: line, ticks: { ...line, size: 4 } };
}

/** Passed runs become small when there are many: what went wrong stays as large as it was. */
function drawMarks(plot: uPlot, marks: readonly Verdict[]): void {
  const { ctx, data, bbox } = plot;
  const ratio = devicePixelRatio;
  const dense = Math.min(1, bbox.width / ratio / marks.length / 6);
  ctx.save();
  marks.forEach((verdict, index) => {
    const value = data[1]?.[index];
    if (value === null || value === undefined) return;
    const size = ratio * (verdict === 'passed' ? Math.max(0.5, dense) : Math.max(0.8, dense));
    const { path, hollow, colour } = looks[verdict];
    ctx.setTransform(size, 0, 0, size, plot.valToPos(index, 'x', true), plot.valToPos(value, 'y', true));
    ctx.strokeStyle = colourOf(colour);
    ctx.fillStyle = colourOf(hollow === true ? '--back' : colour);
    ctx.lineWidth = 2;
    const shape = new Path2D(path);
    ctx.fill(shape);
    ctx.stroke(shape);
  });
  ctx.restore();
}

function colourOf(colour: string): string {
  return colour.startsWith('--') ? getComputedStyle(document.documentElement).getPropertyValue(colour).trim() : colour;
}
