import { isBlank, lineFeed } from '../../output/ascii.ts';
import { findCommand } from '../../output/find-command.ts';
import { endOfLine } from './end-of-line.ts';
import { isPlain, needsMore, writePlain } from './write-plain.ts';
import { writeOver } from './write-over.ts';
import { keepText } from '../../output/terminal-log.ts';
import { stripEscapes } from '../../output/strip-escapes.ts';
import { plainLine } from './show-line.ts';

/** A longer line is taken as it stands, not as what is left of it in the end: that takes long, and nobody sees the whole of it. */
const longestSettled = 64 * 1024;

/**
 * The lines of a log as a person sees them, without colours: as many, in UTF-8, with a line feed between them.
 *
 * Over bytes, in one pass: a regular expression for each line of a coloured log takes ten times as long. The few lines that are more than text,
 * colours and what is written over go through what shows them.
 * @param bytes whole lines, without the last line feed. They are given back themselves if that is what is seen.
 */
export function shownBytes(bytes: Buffer): Buffer {
  if (isPlain(bytes) && findCommand(bytes, 0) === -1) return bytes;
  const out = Buffer.allocUnsafe(bytes.length + 1);
  const parts: Buffer[] = [];
  let given = 0;
  let end = 0;
  for (let from = 0; from <= bytes.length; ) {
    const feed = endOfLine(bytes, from);
    const to = withoutReturns(bytes, from, feed);
    const start = end;
    end = writeLine(bytes, from, to, out, start);
    if (end === needsMore) {
      parts.push(out.subarray(given, start), shownAlone(bytes.subarray(from, to)));
      given = end = start;
    }
    out[end++] = lineFeed;
    from = feed + 1;
  }
  const rest = out.subarray(given, end - 1);
  return parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
}

/** @returns the end of what was written, or `needsMore`. */
function writeLine(bytes: Buffer, from: number, to: number, out: Buffer, start: number): number {
  const end = writePlain(bytes, from, to, out, start);
  if (end !== needsMore) return isCommand(out, start, end) ? needsMore : end;
  return to - from > longestSettled || isCommand(bytes, from, to) ? needsMore : writeOver(bytes, from, to, out, start);
}

function withoutReturns(bytes: Buffer, from: number, feed: number): number {
  let to = feed;
  while (to > from && bytes[to - 1] === carriageReturn) to -= 1;
  return to;
}

function isCommand(out: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && isBlank(out[at])) at += 1;
  return at + 1 < end && out[at] === colon && out[at + 1] === colon;
}

const colon = 0x3a;
const carriageReturn = 0x0d;

function shownAlone(raw: Buffer): Buffer {
  // Links and titles are in many a log that is nothing but text otherwise.
  const stripped = stripEscapes(raw);
  const isSimple = !raw.includes('1K') && !raw.includes('2K') && !raw.includes('::');
  if (isSimple && isPlain(stripped)) return stripped;
  const text = raw.toString('utf8');
  return Buffer.from(raw.length > longestSettled ? keepText(text) : plainLine(text));
}
