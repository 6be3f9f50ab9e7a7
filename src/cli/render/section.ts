import type { Colors } from './colors.ts';
import { displayWidth, pad } from './any-fit.ts';
import { wrap } from './wrap.ts';

/** Help is read in terminals of any width, and pasted into mails: it stays at what all of them have. */
export const textWidth = 80;
export const indent = '  ';
/** A longer name gets a line of its own, so that it does not push every description to the right. */
const widestName = 26;

/** Two columns: names, and what they mean. */
export type Row = readonly [name: string, meaning: string];

/** A title and its rows, aligned and wrapped; empty without rows. */
export function section(title: string, rows: readonly Row[], colors: Colors): string {
  if (rows.length === 0) return '';
  const widths = rows.map(([name]) => displayWidth(name)).filter((width) => width <= widestName);
  const width = Math.max(0, ...widths);
  return [colors.bold(title), ...rows.flatMap((row) => rowLines(row, width))].join('\n');
}

function rowLines([name, meaning]: Row, width: number): string[] {
  const start = indent.length + width + indent.length;
  const [first = '', ...rest] = wrap(meaning, textWidth - start);
  const continued = rest.map((line) => `${' '.repeat(start)}${line}`.trimEnd());
  if (displayWidth(name) > width) return [`${indent}${name}`, `${' '.repeat(start)}${first}`, ...continued];
  return [`${indent}${pad(name, width)}${indent}${first}`.trimEnd(), ...continued];
}
