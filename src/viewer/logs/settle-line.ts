import { escapeSequence } from '../../output/escape-sequences.ts';
import { createSgrState, type SgrState } from './sgr-state.ts';

/** True for a line of which a terminal would not show everything, one character behind the other. */
export const isWrittenOver = (line: string): boolean => /[\r\b]|\x1b\[\d*K/.test(line);

/**
 * What a terminal shows in the end of a line that was written over: `\r` and backspace go back, `ESC [ K` deletes.
 * Every character counts as one column.
 * @param line without its line end.
 * @param state the colours where it begins.
 */
export function settleLine(line: string, state: string): string {
  const cells: Cell[] = [];
  const sgr = createSgrState(state);
  let style = state;
  let column = 0;
  for (const [token] of line.matchAll(tokens)) {
    if (token === '\r') column = 0;
    else if (token === '\b') column = Math.max(0, column - 1);
    else if (token.startsWith('\x1b')) {
      style = obey(token, sgr, style);
      erase(token, cells, column);
    } else if (!isUnseen.test(token)) {
      while (cells.length < column) cells.push({ text: ' ', style: '' });
      cells[column] = { text: token, style };
      column += 1;
    }
  }
  return paint(cells, state, style);
}

interface Cell {
  text: string;
  style: string;
}

const tokens = new RegExp(`${escapeSequence}|[^]`, 'gu');
const isUnseen = /^[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]$/;

function obey(token: string, sgr: SgrState, before: string): string {
  if (!token.endsWith('m')) return before;
  sgr.take(Buffer.from(token));
  return sgr.text();
}

function erase(token: string, cells: Cell[], column: number): void {
  const [, which] = /^\x1b\[(\d*)K$/.exec(token) ?? [];
  if (which === undefined) return;
  const mode = Number(which);
  if (mode === 0) cells.length = Math.min(cells.length, column);
  else if (mode === 1) cells.fill({ text: ' ', style: '' }, 0, column + 1);
  else if (mode === 2) cells.length = 0;
}

function paint(cells: readonly Cell[], before: string, after: string): string {
  let text = '';
  let style = before;
  for (const cell of cells) {
    text += change(style, cell.style) + cell.text;
    style = cell.style;
  }
  return text + change(style, after);
}

/** From some colours to others. */
export const change = (from: string, to: string): string => (from === to ? '' : `${from === '' ? '' : '\x1b[0m'}${to}`);
