/** Rows of a table, and whether there is more than was asked for. */
export interface Table {
  rows: string[][];
  /** Cells of the longest row. */
  columns: number;
  cut: boolean;
}

const quote = '"';

/**
 * Reads CSV as RFC 4180 has it: cells in quotes may hold separators, line breaks, and quotes written twice. What is not quite right is read
 * as text: a quote in the middle of a cell, or one that nothing ends.
 * @param separator one character.
 * @param most rows to read.
 */
export function parseDelimited(text: string, separator: string, most: number): Table {
  const rows: string[][] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length && rows.length < most) {
    const row = readRow(text, at, separator);
    rows.push(row.cells);
    at = row.next;
  }
  return { rows, columns: rows.reduce((widest, row) => Math.max(widest, row.length), 0), cut: at < text.length };
}

function readRow(text: string, start: number, separator: string): { cells: string[]; next: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === quote ? readQuoted(text, at, separator) : readPlain(text, at, separator);
    cells.push(cell.value);
    if (text[cell.end] !== separator) return { cells, next: afterBreak(text, cell.end) };
    at = cell.end + 1;
  }
}

function readPlain(text: string, start: number, separator: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number, separator: string): { value: string; end: number } {
  let value = '';
  let at = start + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, close);
    if (text[close + 1] !== quote) {
      const rest = readPlain(text, close + 1, separator);
      return { value: value + rest.value, end: rest.end };
    }
    value += quote;
    at = close + 2;
  }
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

/** What separates the cells of a file, by its name and its first line. */
export function separatorOf(path: string, text: string): string {
  if (path.toLowerCase().endsWith('.tsv')) return '\t';
  const [first = ''] = text.split('\n', 1);
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

/** What rows are sorted by: a column, from 0. */
export interface Order {
  column: number;
  descending: boolean;
}

/** Whether a cell is a number, also with a percent sign. */
export const isNumber = (cell: string | undefined): boolean => cell !== undefined && /^\s*[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?\s*%?\s*$/i.test(cell);

/** Numbers by what they are worth, before all texts; what is equal stays in its order. */
export function sortRows(rows: readonly string[][], { column, descending }: Order): string[][] {
  const sign = descending ? -1 : 1;
  return rows.toSorted(({ [column]: a = '' }, { [column]: b = '' }) => {
    const [isA, isB] = [isNumber(a), isNumber(b)];
    return sign * (isA && isB ? Number.parseFloat(a) - Number.parseFloat(b) : Number(isB) - Number(isA) || a.localeCompare(b));
  });
}
