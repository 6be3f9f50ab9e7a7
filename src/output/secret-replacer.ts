import { mergeRanges, type ByteRange } from './byte-pattern.ts';
import { createSecretSearch } from './secret-search.ts';

/** Replaces byte sequences in a stream. Each call returns what may be passed on now, often the chunk itself. */
export interface SecretReplacer {
  /** Hides this sequence too, from the bytes not yet returned on. */
  add(secret: Buffer): void;
  write(chunk: Buffer): Buffer;
  /** Like `write`, with every byte of the chunk hidden. */
  hide(chunk: Buffer): Buffer;
  /** The bytes held back; call it once, last. */
  end(): Buffer;
  /** The same rule for bytes that are no part of the stream. */
  redact(whole: Buffer): Buffer;
  /** Whether all of these bytes would be hidden. */
  hides(whole: Buffer): boolean;
  /** Whether any of them stands in bytes that are no part of the stream. */
  occurIn(whole: Buffer): boolean;
  longestBytes(): number;
}

const mask = Buffer.from('***');
const nothing = Buffer.alloc(0);

/**
 * Replaces every occurrence of every secret by `***`, also of those that are escaped (see `createSecretSearch`).
 *
 * The rule: a byte is hidden when it belongs to any occurrence of any secret, overlapping ones included, and
 * each longest run of hidden bytes becomes one `***`. So occurrences that overlap or touch give one `***`.
 *
 * What is held back between calls is the longest end of the stream that begins some secret, or an escape: always shorter than
 * the longest way to write the longest secret.
 */
export function createSecretReplacer(): SecretReplacer {
  const search = createSecretSearch();
  const renderer = createRenderer();
  let held = nothing;
  /** What is hidden already of the bytes held back. */
  let hiddenOfHeld: ByteRange[] = [];

  function take(chunk: Buffer, alsoHidden: readonly ByteRange[], goesOn = true): Buffer {
    const text = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const found = search.find(text, goesOn);
    const holdFrom = goesOn ? found.undecidedFrom : text.length;
    const ranges = mergeRanges([...hiddenOfHeld, ...alsoHidden, ...found.hidden]);
    // A copy, because the caller may use its buffer again.
    held = holdFrom === text.length ? nothing : Buffer.from(text.subarray(holdFrom));
    hiddenOfHeld = rangesFrom(ranges, holdFrom);
    return renderer(text.subarray(0, holdFrom), ranges);
  }

  return {
    add: search.add,
    write: (chunk) => take(chunk, []),
    hide: (chunk) => take(chunk, [{ start: held.length, end: held.length + chunk.length }]),
    end: () => take(nothing, [], false),
    redact: (whole) => createRenderer()(whole, mergeRanges(search.find(whole, false).hidden)),
    hides: (whole) => mergeRanges(search.find(whole, false).hidden).some(({ start, end }) => start === 0 && end === whole.length),
    occurIn: search.occurIn,
    longestBytes: search.longestBytes,
  };
}

/** The ranges as seen from `offset`, without what lies before it. */
const rangesFrom = (ranges: readonly ByteRange[], offset: number): ByteRange[] =>
  ranges
    .filter(({ end }) => end > offset)
    .map(({ start, end }) => ({ start: Math.max(start - offset, 0), end: end - offset }));

/** Writes `***` for hidden ranges; remembers whether the last byte was hidden, so that a run of them becomes one `***`. */
function createRenderer(): (text: Buffer, ranges: readonly ByteRange[]) => Buffer {
  let insideHidden = false;
  return (text, ranges) => {
    if (text.length === 0) return nothing;
    const parts: Buffer[] = [];
    let at = 0;
    for (const { start, end } of ranges) {
      if (start >= text.length) break;
      if (start > at) parts.push(text.subarray(at, start));
      if (start > 0 || !insideHidden) parts.push(mask);
      at = Math.min(end, text.length);
    }
    insideHidden = at === text.length;
    if (at === 0) return text;
    if (at < text.length) parts.push(text.subarray(at));
    return Buffer.concat(parts);
  };
}
