import { lineFeed } from '../../output/ascii.ts';
import { bytesApart } from './line-index.ts';
import type { OpenLog } from './open-log.ts';

/** A line as it stands in the log. */
export interface RawLine {
  line: number;
  /** Colours in force where it begins. */
  before: string;
  /** Without its line feed; of a very long one only the beginning. */
  head: Buffer;
  /** For a very long one, its end. */
  tail: Buffer | undefined;
  /** Bytes between the two. */
  between: number;
  /** Colours in force behind it, where they were not to be found in it. */
  after: string | undefined;
}

/** Of a very long line, so many bytes are read at its beginning and at its end. */
export const endBytes = 64 * 1024;

/** The lines from the checkpoint before one on, as far as they are known. `begins`: colours, where they are known. */
export function* rawLines(log: OpenLog, from: number): Generator<Omit<RawLine, 'before'> & { begins: string | undefined }> {
  for (let number = log.index.find(from); ; number += 1) {
    const start = log.index.at(number);
    if (start === undefined) return;
    const next = log.index.at(number + 1);
    const end = next?.offset ?? log.index.bytes;
    // All its lines begin in the first part.
    const part = Buffer.from(log.read(start.offset, Math.min(end - start.offset, bytesApart + endBytes)));
    const isCut = part.length < end - start.offset;
    let line = start.line;
    for (let at = 0; at < part.length; line += 1) {
      const found = part.indexOf(lineFeed, at);
      const lineEnd = found === -1 ? part.length : found;
      const begins = at === 0 ? start.state : undefined;
      const isLong = isCut && found === -1;
      if (isLong) yield { line, begins, ...longLine(log, part.subarray(at), start.offset + part.length, end), after: next?.state ?? '' };
      else yield { line, begins, head: part.subarray(at, lineEnd), tail: undefined, between: 0, after: undefined };
      at = lineEnd + 1;
    }
  }
}

function longLine(log: OpenLog, head: Buffer, headEnd: number, end: number): Pick<RawLine, 'head' | 'tail' | 'between'> {
  const tailStart = Math.max(headEnd, end - endBytes);
  const tail = Buffer.from(log.read(tailStart, end - tailStart));
  return { head, tail: tail.at(-1) === lineFeed ? tail.subarray(0, -1) : tail, between: tailStart - headEnd };
}
