import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { useLocation } from 'wouter-preact';
import { runPath } from '../../src/api/paths.ts';
import { theme } from '../state/theme.ts';
import { chartOptions, type ChartContent } from './chart-options.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartTable } from './chart-table.tsx';
import './chart.css';

const height = 200;

interface Props {
  title: string;
  /** In a sentence what can be seen. */
  summary: string;
  /** The same object as long as nothing changed. */
  content: ChartContent;
}

/** Values over runs. A click leads to the run; the same is there as a table, for the keyboard and screen readers. */
export function Chart({ title, summary, content }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const box = usePlot(content, setAt);
  return (
    <figure class="chart">
      <h2>{title}</h2>
      <p class="chart-said">{summary}</p>
      <ChartLegend content={content} />
      <div ref={box} class="chart-box" role="img" aria-label={`${title}: ${summary}`} style={{ height }} />
      <p aria-hidden="true">{at === null ? 'Point at a run to see its values; click to go there.' : textAt(content, at)}</p>
      <ChartTable title={title} content={content} />
    </figure>
  );
}

/** What stands at one place of a chart. */
function textAt({ lines, runs, marks, words, format }: ChartContent, at: number): string {
  const run = runs[at];
  if (run === undefined) return '';
  const values = lines.map(({ name, values }) => {
    const value = values[at];
    return value === null || value === undefined ? '' : lines.length === 1 ? format(value) : `${name} ${format(value)}`;
  });
  const mark = marks?.[at] ?? 'none';
  return [new Date(run.startedAt).toLocaleString(), marks === undefined ? '' : (words?.[mark] ?? mark), run.commit.slice(0, 7), ...values].filter((text) => text !== '').join(' · ');
}

function usePlot(content: ChartContent, onCursor: (index: number | null) => void) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const [, navigate] = useLocation();
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const xs = content.runs.map((_, index) => index);
    const drawn = new uPlot(chartOptions(content, element.clientWidth, height, onCursor), [xs, ...content.lines.map(({ values }) => [...values])], element);
    drawn.over.addEventListener('click', () => {
      const run = content.runs[drawn.cursor.idx ?? -1];
      if (run !== undefined) navigate(runPath(run));
    });
    const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    plot.current = drawn;
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
  }, [content]);
  useRedraw(plot);
  return box;
}

/** A canvas does not hear of the theme by itself. */
function useRedraw(plot: { current: uPlot | undefined }): void {
  useEffect(() => plot.current?.redraw(), [theme.value]);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => plot.current?.redraw();
    dark.addEventListener('change', redraw);
    return () => dark.removeEventListener('change', redraw);
  }, []);
}
