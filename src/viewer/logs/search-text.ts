import { findCommand } from '../../output/find-command.ts';
import { stripEscapes } from '../../output/strip-escapes.ts';
import { keepText } from '../../output/terminal-log.ts';
import { plainLine } from './show-line.ts';

/** A longer line is taken as it stands, not as what is left of it in the end: that takes long, and nobody sees the whole of it. */
const longestSettled = 64 * 1024;

/**
 * A text whose lines are those of a log as a person sees them, without colours.
 *
 * Nearly all lines are what they are without escape sequences; the others are looked at one by one.
 * @param bytes whole lines, without the last line feed.
 */
export function shownText(bytes: Buffer): string {
  const stripped = stripEscapes(bytes);
  const text = stripped.toString('utf8');
  const hasErasure = stripped !== bytes && mayErase(bytes);
  if (!hasErasure && !odd.test(text) && findCommand(stripped, 0) === -1) return text.includes('\r') ? text.replace(/\r+$/gm, '') : text;
  const plain = text.split('\n');
  // No sequence reaches over a line feed: there are as many.
  return bytes
    .toString('utf8')
    .split('\n')
    .map((line, at) => shownLine(line, plain[at] ?? ''))
    .join('\n');
}

/** True if there may be one: looks for the end of such a sequence, which is rare, without a copy of the text. */
function mayErase(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(letterK); at !== -1; at = bytes.indexOf(letterK, at + 1)) {
    if (bytes[at - 1] === 0x31 || bytes[at - 1] === 0x32) return true;
  }
  return false;
}

const letterK = 0x4b;

function shownLine(raw: string, stripped: string): string {
  if (!odd.test(stripped) && !erasure.test(raw) && !/^\s*::/.test(stripped)) return stripped.replace(/\r+$/, '');
  return raw.length > longestSettled ? keepText(raw) : plainLine(raw);
}

/** Deletes what stands before it; what deletes to the end of the line does nothing unless something goes back. */
const erasure = /\x1b\[0*[12]K/;

/** What goes back in the line, what is not shown, and what reorders it. */
const odd = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?![\r\n]|$)/;
