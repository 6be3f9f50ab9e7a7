import type { ByteRange } from './byte-pattern.ts';
import { maxEscapeBytes, type EscapeRule } from './escapes.ts';

/** A text as it is read once its escapes are undone. */
export interface UnescapedText {
  readonly bytes: Buffer;
  /** Where these bytes stand in the text itself, with the whole of each escape. */
  rangeInText(range: ByteRange): ByteRange;
  /** Where this byte begins in the text; for the length of the bytes, where what was left out begins. */
  startInText(offset: number): number;
  /** The start of the escape that this offset of the text is inside of; else the offset. */
  outsideEscape(textOffset: number): number;
}

/** Where an escape stands in the text, and what it stands for in the bytes. */
interface Escape {
  textStart: number;
  textEnd: number;
  start: number;
  end: number;
}

/**
 * Undoes the escapes of one kind. `undefined` if there are none.
 * @param goesOn an escape that may still be finished by what follows is left out, at the end.
 */
export function unescapeText(text: Buffer, rule: EscapeRule, goesOn: boolean): UnescapedText | undefined {
  if (!rule.leads.some((lead) => text.includes(lead))) return undefined;
  const characters = text.toString('latin1');
  const bytes = Buffer.allocUnsafe(text.length);
  const escapes: Escape[] = [];
  let copied = 0;
  let size = 0;
  for (const match of characters.matchAll(rule.escapes)) {
    const undone = rule.undo(match);
    if (undone === undefined) continue;
    size += copy(text, copied, match.index, bytes, size);
    copied = match.index + match[0].length;
    escapes.push({ textStart: match.index, textEnd: copied, start: size, end: size + undone.length });
    for (let at = 0; at < undone.length; at += 1) bytes[size++] = undone.charCodeAt(at);
  }
  const end = goesOn ? unfinishedAt(characters, copied, rule) : text.length;
  if (escapes.length === 0 && end === text.length) return undefined;
  size += copy(text, copied, end, bytes, size);
  return withEscapes(bytes.subarray(0, size), escapes);
}

/** Most of what stands between two escapes is too short for a call that leaves JavaScript. */
const shortBytes = 48;

/** @returns how many bytes. */
function copy(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > shortBytes) return from.copy(to, at, start, end);
  for (let offset = start; offset < end; offset += 1) to[at + offset - start] = from[offset] ?? 0;
  return end - start;
}

/** Where, behind the last escape, one begins that what follows may finish; the end if there is none. */
function unfinishedAt(characters: string, from: number, rule: EscapeRule): number {
  const near = Math.max(from, characters.length - maxEscapeBytes);
  const at = characters.slice(near).search(rule.unfinished);
  return at === -1 ? characters.length : near + at;
}

function withEscapes(bytes: Buffer, escapes: readonly Escape[]): UnescapedText {
  return {
    bytes,
    rangeInText: ({ start, end }) => ({ start: inText(escapes, start).start, end: inText(escapes, end - 1).end }),
    startInText: (offset) => inText(escapes, offset).start,
    outsideEscape(offset) {
      const escape = escapes[lastBefore(escapes, ({ textStart }) => textStart <= offset)];
      return escape !== undefined && offset < escape.textEnd ? escape.textStart : offset;
    },
  };
}

/** Where one byte stands in the text. */
function inText(escapes: readonly Escape[], offset: number): ByteRange {
  const escape = escapes[lastBefore(escapes, (one) => one.start <= offset)];
  if (escape === undefined) return { start: offset, end: offset + 1 };
  if (offset < escape.end) return { start: escape.textStart, end: escape.textEnd };
  const start = escape.textEnd + offset - escape.end;
  return { start, end: start + 1 };
}

/** The last index for which it is true, as it is for all before; -1 if it never is. */
function lastBefore(escapes: readonly Escape[], isBefore: (escape: Escape) => boolean): number {
  let [low, high] = [0, escapes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const escape = escapes[middle];
    if (escape !== undefined && isBefore(escape)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
