import { longestLine } from '../../api/log.ts';
import { readableCommand, type CommandLook } from '../../output/readable-command.ts';
import { keepTextAndColors, keepText } from '../../output/terminal-log.ts';
import type { RawLine } from './raw-lines.ts';
import { change, isWrittenOver, settleLine } from './settle-line.ts';

export interface ShownLine {
  text: string;
  cut?: number;
}

/** A line as a person sees it. @param after colours in force behind it. */
export function showLine({ head, tail, between, before }: RawLine, after: string): ShownLine {
  const { text, left } = tail === undefined ? { text: head.toString('utf8'), left: 0 } : endOfLong(head, tail, between);
  const shown = mayBeCommand.test(text) ? readableCommand(text, look) : undefined;
  if (shown !== undefined) return cutTo(shown === '' ? '' : `${change(before, '')}${shown}${change('', before)}`, left, '');
  const line = withoutReturn(text);
  return cutTo(keepTextAndColors(isWrittenOver(line) ? settleLine(line, before) : line), left, after);
}

/** The same without colours, and whole: what is searched. */
export function plainLine(text: string): string {
  const shown = mayBeCommand.test(text) ? readableCommand(text, plain) : undefined;
  if (shown !== undefined) return shown;
  const line = withoutReturn(text);
  return keepText(isWrittenOver(line) ? settleLine(line, '') : line);
}

const mayBeCommand = /^\s*::/;

const sgr = (on: number, off: number) => (text: string): string => `\x1b[${on}m${text}\x1b[${off}m`;
const asIs = (text: string): string => text;

const look: CommandLook = {
  colors: { bold: sgr(1, 22), dim: sgr(2, 22), red: sgr(31, 39), green: sgr(32, 39), yellow: sgr(33, 39), blue: sgr(34, 39), cyan: sgr(36, 39) },
  unicode: true,
};
const plain: CommandLook = { colors: { bold: asIs, dim: asIs, red: asIs, green: asIs, yellow: asIs, blue: asIs, cyan: asIs }, unicode: true };

/** `\r\n` ends a line, and a `\r` before nothing shows nothing. */
function withoutReturn(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

/** Of a progress bar that was one endless line, its last state counts; of other text, how it begins. */
function endOfLong(head: Buffer, tail: Buffer, between: number): { text: string; left: number } {
  const last = withoutReturn(tail.toString('utf8'));
  const back = last.lastIndexOf('\r');
  return back === -1 ? { text: head.toString('utf8'), left: between + tail.length } : { text: last.slice(back + 1), left: 0 };
}

/** @param left characters that were left out already. */
function cutTo(text: string, left: number, after: string): ShownLine {
  if (text.length <= longestLine && left === 0) return { text };
  // Room for the colours behind it. Half a character or half a sequence is worse than none.
  const kept = text.slice(0, longestLine - 256).replace(/[\ud800-\udbff]$|\x1b[^m]*$/, '');
  return { text: `${kept}\x1b[0m${after}`, cut: text.length - kept.length + left };
}
