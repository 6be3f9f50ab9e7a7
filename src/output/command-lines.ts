import { isBlank, lineFeed } from './ascii.ts';
import type { LogPosition } from './step-tracker.ts';

/** Receives a stream's lines, which count from 1. */
export interface LineListener {
  /** The first byte of the line is here, at this offset. */
  lineStarts(line: number, offset: number, elapsedMs: number): void;
  /** The line, complete and without its line end, begins with `::` after white space. Cut at 8 KiB. */
  command(text: string, position: LogPosition): void;
}

/** Cuts a stream into lines. */
export interface CommandLines {
  write(chunk: Buffer, elapsedMs: number): void;
  /** The number of the last line that has begun; 0 before the first. */
  last(): number;
  /** Ends the last line, if it has no line feed. */
  end(elapsedMs: number): { lines: number; bytes: number };
}

/** What of a line is looked at: a file without line feeds must not end up in memory. */
const maxPrefixBytes = 8 * 1024;

const colon = 58;
const carriageReturn = 13;

/**
 * Finds the lines that may be commands, and decodes no others.
 *
 * A line that lies within one chunk, as most do, is judged in place by its first bytes; only of one that goes on in
 * the next chunk the beginning is kept.
 */
export function createCommandLines(listener: LineListener): CommandLines {
  const openLine = createLinePrefix();
  let lines = 0;
  let bytes = 0;
  let insideLine = false;

  function endLine(line: Buffer, elapsedMs: number): void {
    lines += 1;
    if (startsWithColons(line, 0, line.length)) listener.command(decode(line), { line: lines, elapsedMs });
  }

  return {
    write(chunk, elapsedMs) {
      let at = 0;
      while (at < chunk.length) {
        if (!insideLine) listener.lineStarts(lines + 1, bytes + at, elapsedMs);
        const found = findLineFeed(chunk, at);
        const end = found === -1 ? chunk.length : found;
        const isWhole = !insideLine && found !== -1;
        if (!isWhole) openLine.append(chunk.subarray(at, end));
        if (!isWhole && found !== -1) endLine(openLine.take(), elapsedMs);
        // The hot path makes no object for a line.
        else if (isWhole && startsWithColons(chunk, at, end)) endLine(chunk.subarray(at, end), elapsedMs);
        else if (isWhole) lines += 1;
        insideLine = found === -1;
        at = end + 1;
      }
      bytes += chunk.length;
    },
    last: () => lines + (insideLine ? 1 : 0),
    end(elapsedMs) {
      if (insideLine) endLine(openLine.take(), elapsedMs);
      return { lines, bytes };
    },
  };
}

/** As `indexOf` does it, whose call alone costs more than looking at the few bytes of a short line. */
function findLineFeed(chunk: Buffer, from: number): number {
  const near = Math.min(from + 16, chunk.length);
  for (let at = from; at < near; at += 1) if (chunk[at] === lineFeed) return at;
  return chunk.indexOf(lineFeed, near);
}

/** The beginning of a line that comes in pieces. Empty, to save memory, once the line cannot be a command. */
function createLinePrefix(): { append(piece: Buffer): void; take(): Buffer } {
  let prefix = Buffer.alloc(0);
  let isOrdinary = false;
  return {
    append(piece) {
      if (isOrdinary || prefix.length === maxPrefixBytes) return;
      prefix = Buffer.concat([prefix, piece.subarray(0, maxPrefixBytes - prefix.length)]);
      isOrdinary = !mayStartWithColons(prefix);
      if (isOrdinary) prefix = Buffer.alloc(0);
    },
    take() {
      const taken = prefix;
      prefix = Buffer.alloc(0);
      isOrdinary = false;
      return taken;
    },
  };
}

function startsWithColons(text: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && isBlank(text[at])) at += 1;
  return at + 1 < end && text[at] === colon && text[at + 1] === colon;
}

/** True for every beginning of a line for which `startsWithColons` may yet become true. */
function mayStartWithColons(prefix: Buffer): boolean {
  let at = 0;
  while (isBlank(prefix[at])) at += 1;
  return prefix.subarray(at, at + 2).every((byte) => byte === colon);
}

/** Bytes that are not UTF-8 become U+FFFD. */
function decode(line: Buffer): string {
  const text = line.subarray(0, maxPrefixBytes);
  return text.toString('utf8', 0, text.at(-1) === carriageReturn ? text.length - 1 : text.length);
}
