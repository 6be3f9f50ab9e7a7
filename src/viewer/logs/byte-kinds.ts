import { lineFeed } from '../../output/ascii.ts';

/** In place of an offset: of a line that is more than text and colours. */
export const needsMore = -1;

/** What a byte may be. */
export const byteKind = { text: 0, control: 1, escape: 2, goesBack: 3, opensMark: 4 } as const;

/** The kind of each byte. The tab and all but two that open a character of several are text. */
export const kinds = new Uint8Array(256);
kinds.fill(byteKind.control, 0, 0x20);
kinds[0x09] = byteKind.text;
kinds[0x7f] = byteKind.control;
kinds[0x1b] = byteKind.escape;
kinds[0x08] = byteKind.goesBack;
kinds[0x0d] = byteKind.goesBack;
// C1 controls are U+0080 to U+009F; marks of direction U+202A to U+202E and U+2066 to U+2069.
kinds[0xc2] = byteKind.opensMark;
kinds[0xe2] = byteKind.opensMark;

/** True for bytes that are shown as they are, but for commands. Looks at four at once. */
export function isPlain(bytes: Buffer): boolean {
  if (bytes.length < 8) return isPlainPart(bytes, 0, bytes.length);
  const first = -bytes.byteOffset & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + first, (bytes.length - first) >> 2);
  const { length } = words;
  for (let at = 0; at < length; at += 1) {
    if (!isText(words[at] ?? 0) && !isPlainPart(bytes, first + 4 * at, first + 4 * at + 4)) return false;
  }
  return isPlainPart(bytes, 0, first) && isPlainPart(bytes, first + 4 * length, bytes.length);
}

/** True for four bytes of ASCII text. Any byte below 0x20, above 0x7f, or 0x7f sets the first bit of its own; a few others, too. */
export const isText = (word: number): boolean => (((word - 0x20202020) | word | (word + 0x01010101)) & 0x80808080) === 0;

function isPlainPart(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    const kind = kinds[byte];
    if (kind === byteKind.text || byte === lineFeed) continue;
    if (kind !== byteKind.opensMark || markLength(bytes, at) > 0) return false;
  }
  return true;
}

/** Bytes of the character that begins here, if it is one that nobody sees; otherwise 0. */
export function markLength(bytes: Buffer, at: number): number {
  const [second = 0, third = 0] = [bytes[at + 1], bytes[at + 2]];
  if (bytes[at] === 0xc2) return second >= 0x80 && second <= 0x9f ? 2 : 0;
  const isMark = (second === 0x80 && third >= 0xaa && third <= 0xae) || (second === 0x81 && third >= 0xa6 && third <= 0xa9);
  return isMark ? 3 : 0;
}

/** The last byte of the sequence that deletes in a line. */
export const erase = 0x4b;
export const bracket = 0x5b;

/** Behind the sequence of colours or the like that begins here; `needsMore` if this is no whole one. */
export function endOfControlSequence(bytes: Buffer, at: number): number {
  if (bytes[at + 1] !== bracket) return needsMore;
  let end = at + 2;
  for (; ; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byte >= 0x40) return byte <= 0x7e ? end + 1 : needsMore;
    if (byte < 0x30) return needsMore;
  }
}
