import { useState } from 'preact/hooks';
import { useLocation } from '../navigation.tsx';
import { runPath } from '../../src/api/paths.ts';
import type { ChartContent } from './chart-content.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartTable } from './chart-table.tsx';
import { Plot } from './plot.tsx';
import './chart.css';

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
  const [, navigate] = useLocation();
  const goTo = (index: number): void => {
    const run = content.runs[index];
    if (run !== undefined) navigate(runPath(run));
  };
  return (
    <figure class="chart">
      <h2>{title}</h2>
      <p class="chart-said">{summary}</p>
      <ChartLegend content={content} />
      <Plot content={content} label={`${title}: ${summary}`} onPoint={setAt} onPick={goTo} />
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
