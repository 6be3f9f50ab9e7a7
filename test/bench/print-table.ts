import type { Spread } from './rounds.ts';
import type { Row } from './row.ts';

const heads = ['case', 'ms (min..max)', 'floor (min..max)', 'ratio', 'bar', 'allowed', 'met', 'MiB'];
const alignRight = new Set([3, 5, 7]);

/** The aligned table, then what each case and its floor are. */
export function tableText(rows: readonly Row[]): string {
  const cells = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const pad = (text: string, column: number): string =>
    alignRight.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  const table = cells.map((row) => row.map(pad).join('  ').trimEnd());
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const legend = rows.map(({ name, what, floorIs, note }) => `${name.padEnd(longest)}  ${what}; floor: ${floorIs}${note === undefined ? '' : ` (${note})`}`);
  return `${table.join('\n')}\n\n${legend.join('\n')}\n`;
}

function cellsOf(row: Row): string[] {
  const { measured, floor, ratio, bar, allowedMs, met } = row;
  return [
    row.name,
    measured === undefined ? `- ${row.note ?? ''}` : `${spreadText(measured)}${row.unit === undefined ? '' : ` ${row.unit}`}`,
    floor === undefined ? '-' : spreadText(floor),
    ratio === undefined ? '-' : ratio.toFixed(2),
    bar ?? '-',
    allowedMs === undefined ? '-' : number(allowedMs),
    met === undefined ? '-' : met ? 'yes' : 'NO',
    row.peakMiB === undefined ? '-' : `${row.peakMiB.toFixed(0)}${row.peakLimitMiB === undefined ? '' : ` of ${row.peakLimitMiB}`}`,
  ];
}

const spreadText = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}..${number(max)})`;

const number = (ms: number): string => ms.toFixed(Math.abs(ms) < 10 ? 1 : 0);
