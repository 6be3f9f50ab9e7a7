import { byteKind, endOfControlSequence, erase, kinds, needsMore } from './byte-kinds.ts';

const space = 0x20;
const carriageReturn = 0x0d;

/**
 * Writes what is left of a line that was written over, as `settleLine` has it, but of ASCII only: there a byte is a column.
 * @param to where it ends, without the returns at its end.
 * @returns the end of what was written, or `needsMore`.
 */
export function writeOver(bytes: Buffer, from: number, to: number, out: Buffer, start: number): number {
  let end = start;
  let cursor = start;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    const kind = kinds[byte];
    if (kind === byteKind.text) {
      if (byte >= 0x80) return needsMore;
      while (end < cursor) out[end++] = space;
      out[cursor++] = byte;
      if (cursor > end) end = cursor;
      at += 1;
    } else if (kind === byteKind.escape) {
      const next = endOfControlSequence(bytes, at);
      end = next === needsMore ? needsMore : keptEnd(bytes, at, next, { start, end, cursor });
      if (end === needsMore) return needsMore;
      at = next;
    } else if (kind === byteKind.opensMark) return needsMore;
    else {
      if (kind === byteKind.goesBack) cursor = byte === carriageReturn ? start : Math.max(start, cursor - 1);
      at += 1;
    }
  }
  return end;
}

interface Written {
  start: number;
  end: number;
  cursor: number;
}

/** What is left of a line after a sequence: by far the most that delete do it behind them, or with all. */
function keptEnd(bytes: Buffer, at: number, next: number, { start, end, cursor }: Written): number {
  if (bytes[next - 1] !== erase) return end;
  if (next - at === 3) return Math.min(end, cursor);
  return next - at === 4 && bytes[at + 2] === two ? start : needsMore;
}

const two = 0x32;
