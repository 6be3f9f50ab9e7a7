import { lineFeed } from '../../output/ascii.ts';
import { findCommand, mayBeCommand } from '../../output/find-command.ts';
import { endOfLine } from './end-of-line.ts';
import { isPlain, needsMore } from './byte-kinds.ts';
import { createPlainWriter } from './write-plain.ts';
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
  const writePlain = createPlainWriter(bytes, out);
  const parts: Buffer[] = [];
  let given = 0;
  let { from, end } = writePlain(0, 0);
  while (from <= bytes.length) {
    const feed = endOfLine(bytes, from);
    const to = withoutReturns(bytes, from, feed);
    const start = end;
    end = to - from > longestSettled || mayBeCommand(bytes, from, to) ? needsMore : writeOver(bytes, from, to, out, start);
    if (end === needsMore) {
      parts.push(out.subarray(given, start), shownAlone(bytes.subarray(from, to)));
      given = end = start;
    }
    out[end++] = lineFeed;
    ({ from, end } = writePlain(feed + 1, end));
  }
  const rest = out.subarray(given, end - 1);
  return parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
}

function withoutReturns(bytes: Buffer, from: number, feed: number): number {
  let to = feed;
  while (to > from && bytes[to - 1] === carriageReturn) to -= 1;
  return to;
}

const carriageReturn = 0x0d;

function shownAlone(raw: Buffer): Buffer {
  // Links and titles are in many a log that is nothing but text otherwise.
  const stripped = stripEscapes(raw);
  const isSimple = !raw.includes('1K') && !raw.includes('2K') && !raw.includes('::');
  if (isSimple && isPlain(stripped)) return stripped;
  const text = raw.toString('utf8');
  return Buffer.from(raw.length > longestSettled ? keepText(text) : plainLine(text));
}
