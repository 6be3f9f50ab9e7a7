const lineFeed = 10;

/** How many lines end in these bytes. */
export const countLineFeeds = (bytes: Buffer): number => skipLines(bytes, 0, Number.MAX_SAFE_INTEGER).lines;

/**
 * Goes on by so many lines, from an offset anywhere in a line.
 *
 * Plain code: with a call of `indexOf` for each, short lines cost ten times as much.
 * @param lines may be infinite: to the end of the bytes, without counting.
 * @returns the offset behind the last of these line feeds, or the end; and how many there were.
 */
export function skipLines(bytes: Buffer, from: number, lines: number): { at: number; lines: number } {
  if (lines === Number.POSITIVE_INFINITY) return { at: bytes.length, lines: 0 };
  let count = 0;
  let at = from;
  while (at < bytes.length && count < lines) {
    if (bytes[at] === lineFeed) count += 1;
    at += 1;
  }
  return { at, lines: count };
}
