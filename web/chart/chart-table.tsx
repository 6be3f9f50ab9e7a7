import { useState } from 'preact/hooks';
import { Link } from '../navigation.tsx';
import { runPath } from '../../src/api/paths.ts';
import { keyOf } from '../../src/model/run-ref.ts';
import type { Verdict } from '../parts/verdict.ts';
import { TableBox } from '../parts/table-box.tsx';
import type { ChartContent } from './chart-content.ts';

/** What a chart shows, in words; only there once it is asked for. */
export function ChartTable({ title, content }: { title: string; content: ChartContent }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title} as a table</summary>
      {open ? <Table title={title} content={content} /> : null}
    </details>
  );
}

function Table({ title, content: { lines, runs, marks, words, format } }: { title: string; content: ChartContent }) {
  return (
    <TableBox label={title} columns={[['Run'], ...(marks === undefined ? [] : [['Verdict'] as const]), ...lines.map(({ name }) => [name, 'right'] as const)]}>
      {runs
        .map((run, at) => (
          <tr key={keyOf(run)}>
            <td><Link href={runPath(run)}>{new Date(run.startedAt).toLocaleString()}</Link></td>
            {marks === undefined ? null : <td>{wordOf(marks[at], words)}</td>}
            {lines.map(({ name, values }) => <td key={name} class="right">{textOf(values[at], format)}</td>)}
          </tr>
        ))
        .toReversed()}
    </TableBox>
  );
}

const wordOf = (verdict: Verdict | undefined, words: ChartContent['words']): string => (verdict === undefined ? '' : (words?.[verdict] ?? verdict));

const textOf = (value: number | null | undefined, format: (value: number) => string): string => (value === null || value === undefined ? '–' : format(value));
