/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A byte sequence, prepared for searching. Made by `compilePattern`. */
export interface BytePattern {
  readonly bytes: Buffer;
  /** At n: the length of the longest proper prefix of the first n bytes that is also their suffix. */
  readonly borders: Int32Array;
}

/** Prepares a sequence of at least one byte for `findOccurrences`. Keeps a copy of it. */
export function compilePattern(bytes: Buffer): BytePattern {
  const pattern = { bytes: Buffer.from(bytes), borders: new Int32Array(bytes.length + 1) };
  let border = 0;
  for (let at = 1; at < bytes.length; at += 1) {
    border = advance(pattern, border, bytes[at]);
    pattern.borders[at + 1] = border;
  }
  return pattern;
}

/**
 * Adds every occurrence of the pattern to `found`, in order; those that overlap each other as one range.
 *
 * Returns the length of the longest proper prefix of the pattern that the text ends with: that much may
 * become an occurrence with what follows. Linear in the text, also for a pattern such as `aaaaaa` in a
 * text of nothing but `a`: `indexOf` finds the first of a group of overlapping occurrences, Knuth-Morris-Pratt
 * goes on from there byte by byte, and over the last bytes, where no whole pattern fits.
 */
export function findOccurrences(text: Buffer, pattern: BytePattern, found: ByteRange[]): number {
  const size = pattern.bytes.length;
  let at = 0;
  let matched = 0;
  let group: { start: number; end: number } | undefined;
  while (at < text.length) {
    if (matched === 0 && at <= text.length - size) {
      const start = text.indexOf(pattern.bytes, at);
      at = start === -1 ? text.length - size + 1 : start + size;
      matched = start === -1 ? 0 : size;
    } else {
      matched = advance(pattern, matched, text[at]);
      at += 1;
    }
    if (matched < size) continue;
    if (group !== undefined && group.end >= at - size) group.end = at;
    else found.push((group = { start: at - size, end: at }));
    matched = pattern.borders[size] ?? 0;
  }
  return matched;
}

/** The length matched after one more byte; `matched` is less than the pattern's size. */
function advance({ bytes, borders }: BytePattern, matched: number, byte: number | undefined): number {
  let length = matched;
  while (length > 0 && bytes[length] !== byte) length = borders[length] ?? 0;
  return bytes[length] === byte ? length + 1 : 0;
}

/** The same bytes as sorted ranges that neither overlap nor touch, and are not empty. */
export function mergeRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start === end) continue;
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
