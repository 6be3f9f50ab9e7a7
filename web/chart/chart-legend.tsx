import type { Verdict } from '../parts/verdict.ts';
import { cssColour, type ChartContent } from './chart-content.ts';
import { marks as looks } from './marks.ts';

/** What the lines or points of a chart mean. */
export function ChartLegend({ content: { lines, marks, words, stacked } }: { content: ChartContent }) {
  if (marks === undefined && lines.length < 2) return null;
  return (
    <ul class="chart-legend">
      {marks === undefined
        ? lines.map(({ name, colour, dash = [] }) => (
            <li key={name}>
              <svg width={stacked === true ? 14 : 28} height="8" aria-hidden="true">
                {stacked === true ? <path d="M0 4H12" style={{ stroke: cssColour(colour), strokeWidth: 12 }} /> : <path d="M0 4H28" style={{ stroke: cssColour(colour) }} stroke-dasharray={dash.join(' ')} />}
              </svg>
              {name}
            </li>
          ))
        : [...new Set(marks)].map((verdict) => (
            <li key={verdict}>
              <MarkSign verdict={verdict} /> {words?.[verdict] ?? verdict}
            </li>
          ))}
    </ul>
  );
}

/** A point of a chart as it stands in a text. */
function MarkSign({ verdict }: { verdict: Verdict }) {
  const { path, hollow, colour } = looks[verdict];
  return (
    <svg width="14" height="12" viewBox="-7 -6 14 12" aria-hidden="true">
      <path d={path} style={{ stroke: cssColour(colour), fill: hollow === true ? 'none' : cssColour(colour) }} />
    </svg>
  );
}
