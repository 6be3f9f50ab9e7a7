import type { Fit } from './fit.ts';

export interface TableOptions {
  /** Columns of the terminal; infinite when piped, and then nothing is cut. */
  width: number;
  /** Indexes of the columns to align on the right: numbers. */
  alignRight?: readonly number[];
  /** Index of the one column that gives way when a row is too wide. */
  flexible?: number;
  /** Shown where the flexible column was cut. */
  more?: string;
}

const gap = '  ';
/** A flexible column is not cut below this: then lines wrap, which is better than saying nothing. */
const leastFlexible = 8;

/** `renderTable`, with text measured by `fit`. */
export function layOutTable(rows: readonly (readonly string[])[], options: TableOptions, fit: Fit): string {
  const { alignRight = [], flexible } = options;
  const widths = fitWidths(columnWidths(rows, fit), options);
  return rows
    .map((row) =>
      row
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          const text = oneLine(cell);
          const fitting = index === flexible ? fit.truncate(text, width, options.more ?? '…') : text;
          return fit.pad(fitting, width, alignRight.includes(index) ? 'right' : 'left');
        })
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}

/** A tab's width depends on where it stands, so it cannot be aligned. */
export const oneLine = (cell: string): string => cell.replaceAll('\t', ' ');

function columnWidths(rows: readonly (readonly string[])[], { displayWidth }: Fit): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(oneLine(cell)));
    });
  }
  return widths;
}

function fitWidths(widths: readonly number[], { width, flexible }: TableOptions): readonly number[] {
  const total = widths.reduce((sum, column) => sum + column, 0) + gap.length * Math.max(0, widths.length - 1);
  if (total <= width || flexible === undefined) return widths;
  return widths.map((column, index) => (index === flexible ? Math.min(column, Math.max(leastFlexible, column - (total - width))) : column));
}
