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
  const measured = rows.map((row) => row.map((cell) => measure(cell, fit)));
  const shown = chooseColumns(columnWidths(measured), options);
  const widths = fitWidths(columnWidths(measured), shown, options);
  const rightColumns = widths.map((_, index) => alignRight.includes(index));
  const place = (cell: Cell | undefined, index: number): string => {
    if (cell === undefined) return '';
    const { text, width } = cell;
    const columns = widths[index] ?? 0;
    const isCut = width > columns && index === flexible && Number.isFinite(options.width);
    if (isCut) return fit.pad(fit.truncate(text, columns, more), columns, rightColumns[index] === true ? 'right' : 'left');
    const spaces = ' '.repeat(Math.max(0, columns - width));
    return rightColumns[index] === true ? spaces + text : text + spaces;
  };
  return measured.map((row) => shown.map((index) => place(row[index], index)).join(gap).trimEnd()).join('\n');
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
