import type { Fit } from './fit.ts';

export interface TableOptions {
  /** Columns of the terminal; infinite when piped, and then nothing is cut. */
  width: number;
  /** Indexes of the columns to align on the right: numbers. */
  alignRight?: readonly number[];
  /** Index of the one column that gives way when a row is too wide. */
  flexible?: number;
  /** Indexes of the columns that are left out, in this order, before the flexible one becomes too narrow to say anything. */
  expendable?: readonly number[];
  /** Shown where the flexible column was cut. */
  more?: string;
}

const gap = '  ';
/** A flexible column is not cut below this: then lines wrap, which is better than saying nothing. */
const leastFlexible = 8;
/** Other columns are left out rather than have the flexible one below this. */
const enoughFlexible = 12;
/** Piped, columns line up as far as somebody may look at them: one name of hundreds of characters must not move all others. */
const widestPiped = 60;

/** `renderTable` with text measured by `fit`. Each cell is measured once: a listing of all runs has a hundred thousand. */
export function layOutTable(rows: readonly (readonly string[])[], options: TableOptions, fit: Fit): string {
  const { alignRight = [], flexible, more = '…' } = options;
  const measured = rows.map((row) => row.map((cell) => fit.displayWidth(oneLine(cell))));
  const natural = columnWidths(measured);
  const shown = chooseColumns(natural, options);
  const widths = fitWidths(natural, shown, options);
  const place = (cell: string, index: number, width: number): string => {
    const text = oneLine(cell);
    const columns = widths[index] ?? 0;
    const align = alignRight.includes(index) ? 'right' : 'left';
    if (width > columns && index === flexible && Number.isFinite(options.width)) return fit.pad(fit.truncate(text, columns, more), columns, align);
    if (width >= columns) return text;
    return align === 'right' ? ' '.repeat(columns - width) + text : text + ' '.repeat(columns - width);
  };
  const line = (row: readonly string[], cellWidths: readonly number[] = []): string =>
    shown.map((index) => place(row[index] ?? '', index, cellWidths[index] ?? 0)).join(gap);
  return rows.map((row, index) => line(row, measured[index]).trimEnd()).join('\n');
}

/** A tab's width depends on where it stands, so it cannot be aligned. */
export const oneLine = (cell: string): string => (cell.includes('\t') ? cell.replaceAll('\t', ' ') : cell);

function columnWidths(rows: readonly (readonly number[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (let index = 0; index < row.length; index += 1) widths[index] = Math.max(widths[index] ?? 0, row[index] ?? 0);
  }
  return widths;
}

/** The indexes of the columns that there is room for. */
function chooseColumns(widths: readonly number[], { width, flexible, expendable = [] }: TableOptions): number[] {
  let shown = widths.map((_, index) => index);
  if (flexible === undefined) return shown;
  const wanted = Math.min(widths[flexible] ?? 0, enoughFlexible);
  for (const column of expendable) {
    if (wanted + totalWidth(widths, shown) - (widths[flexible] ?? 0) <= width) break;
    shown = shown.filter((index) => index !== column);
  }
  return shown;
}

const totalWidth = (widths: readonly number[], shown: readonly number[]): number =>
  shown.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + gap.length * Math.max(0, shown.length - 1);

function fitWidths(widths: readonly number[], shown: readonly number[], { width, flexible }: TableOptions): readonly number[] {
  if (flexible === undefined) return widths;
  const tooMuch = totalWidth(widths, shown) - width;
  const fitting = (column: number): number => {
    if (!Number.isFinite(width)) return Math.min(column, widestPiped);
    return tooMuch <= 0 ? column : Math.min(column, Math.max(leastFlexible, column - tooMuch));
  };
  return widths.map((column, index) => (index === flexible ? fitting(column) : column));
}
