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

/** `renderTable` with text measured by `fit`. Each cell is measured once: a listing of all runs has a hundred thousand. */
export function layOutTable(rows: readonly (readonly string[])[], options: TableOptions, fit: Fit): string {
  const { alignRight = [], flexible, more = '…' } = options;
  const cells = rows.map((row) => row.map((cell) => measure(cell, fit)));
  const widths = fitWidths(columnWidths(cells), options);
  const rightColumns = widths.map((_, index) => alignRight.includes(index));
  const place = ({ text, width }: Cell, index: number): string => {
    const columns = widths[index] ?? 0;
    if (width > columns && index === flexible) return fit.pad(fit.truncate(text, columns, more), columns, rightColumns[index] === true ? 'right' : 'left');
    const spaces = ' '.repeat(Math.max(0, columns - width));
    return rightColumns[index] === true ? spaces + text : text + spaces;
  };
  return cells.map((row) => row.map(place).join(gap).trimEnd()).join('\n');
}

interface Cell {
  text: string;
  width: number;
}

function measure(cell: string, fit: Fit): Cell {
  const text = oneLine(cell);
  return { text, width: fit.displayWidth(text) };
}

/** A tab's width depends on where it stands, so it cannot be aligned. */
export const oneLine = (cell: string): string => (cell.includes('\t') ? cell.replaceAll('\t', ' ') : cell);

function columnWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ width }, index) => {
      widths[index] = Math.max(widths[index] ?? 0, width);
    });
  }
  return widths;
}

function fitWidths(widths: readonly number[], { width, flexible }: TableOptions): readonly number[] {
  const total = widths.reduce((sum, column) => sum + column, 0) + gap.length * Math.max(0, widths.length - 1);
  if (total <= width || flexible === undefined) return widths;
  return widths.map((column, index) => (index === flexible ? Math.min(column, Math.max(leastFlexible, column - (total - width))) : column));
}
