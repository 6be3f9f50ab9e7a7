import type { Colors } from './colors.ts';
import { displayWidth, pad } from './any-fit.ts';
import { wrap } from './wrap.ts';

/** Help is pasted into mails, and wide lines are hard to read: it never takes more. */
const widest = 80;
/** In a narrower terminal than this one it is the terminal that breaks lines. */
const narrowest = 40;

/** How wide help is in a terminal of so many columns. */
export const helpWidth = (columns: number): number => Math.max(narrowest, Math.min(widest, columns));

export const indent = '  ';
/** A longer name gets a line of its own, so that it does not push every description to the right. */
const widestName = 26;

/** Two columns: names, and what they mean. */
export type Row = readonly [name: string, meaning: string];

/**
 * A title and its rows, aligned and wrapped; empty without rows.
 * @param textWidth what `helpWidth` gives.
 */
export function section(title: string, rows: readonly Row[], colors: Colors, textWidth: number): string {
  if (rows.length === 0) return '';
  const widths = rows.map(([name]) => displayWidth(name)).filter((width) => width <= widestName);
  const width = Math.max(0, ...widths);
  return [colors.bold(title), ...rows.flatMap((row) => rowLines(row, width, textWidth))].join('\n');
}

function rowLines([name, meaning]: Row, width: number, textWidth: number): string[] {
  const start = indent.length + width + indent.length;
  const [first = '', ...rest] = wrap(meaning, textWidth - start);
  const continued = rest.map((line) => `${' '.repeat(start)}${line}`.trimEnd());
  if (displayWidth(name) > width) return [`${indent}${name}`, `${' '.repeat(start)}${first}`, ...continued];
  return [`${indent}${pad(name, width)}${indent}${first}`.trimEnd(), ...continued];
}
