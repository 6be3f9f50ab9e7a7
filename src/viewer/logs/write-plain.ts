import { lineFeed } from '../../output/ascii.ts';
import { mayBeCommand } from '../../output/find-command.ts';
import { bracket, byteKind, endOfControlSequence, erase, isText, kinds, markLength, needsMore } from './byte-kinds.ts';

/** How far lines were written: all of them, or up to one that needs more. */
export interface PlainLines {
  /** Where the next line begins; behind the bytes if there is none. */
  from: number;
  /** The end of what was written, with a line feed behind each line. */
  end: number;
}

/**
 * Writes what is seen of lines that go from left to right, from the beginning of one on.
 *
 * Text is copied four bytes at once: byte by byte takes twice as long, and `copy` is slow for the few between two colours.
 * @param out has room for the bytes and a line feed.
 */
export function createPlainWriter(bytes: Buffer, out: Buffer): (from: number, start: number) => PlainLines {
  const text = { bytes, words: wordsOf(bytes), out, outWords: wordsOf(out) };
  return (from, start) => writeLines(text, from, start);
}

interface Copied {
  bytes: Buffer;
  words: DataView;
  out: Buffer;
  outWords: DataView;
}

/** At any offset, unlike an `Int32Array`. */
const wordsOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

function writeLines(text: Copied, from: number, start: number): PlainLines {
  const { bytes, out } = text;
  const written = { from, end: start };
  let end = start;
  for (let at = from; at <= bytes.length; ) {
    const length = copyText(text, at, end);
    at += length;
    end += length;
    if (at === bytes.length || bytes[at] === lineFeed) {
      if (mayBeCommand(out, written.end, end)) break;
      out[end++] = lineFeed;
      at += 1;
      written.from = at;
      written.end = end;
    } else {
      const next = behindUnseen(bytes, at);
      if (next === needsMore) break;
      if (next === at) out[end++] = bytes[at++] ?? 0;
      else at = next;
    }
  }
  return written;
}

/** @returns how many bytes of text there were. */
function copyText({ bytes, words, out, outWords }: Copied, from: number, start: number): number {
  const lastWord = bytes.length - 4;
  let at = from;
  for (let end = start; at <= lastWord; at += 4, end += 4) {
    const word = words.getInt32(at, true);
    // What is no text of it is written over by what follows.
    outWords.setInt32(end, word, true);
    if (isText(word)) continue;
    const length = textLength(word);
    if (length < 4) return at + length - from;
  }
  for (; at < bytes.length && kinds[bytes[at] ?? 0] === byteKind.text; at += 1) out[start + at - from] = bytes[at] ?? 0;
  return at - from;
}

/** How many of four bytes are text before one that is none. */
function textLength(word: number): number {
  if (kinds[word & 0xff] !== byteKind.text) return 0;
  if (kinds[(word >> 8) & 0xff] !== byteKind.text) return 1;
  if (kinds[(word >> 16) & 0xff] !== byteKind.text) return 2;
  return kinds[word >>> 24] === byteKind.text ? 4 : 3;
}

/** Behind what begins here and leaves nothing; the same place if it is a character. */
function behindUnseen(bytes: Buffer, at: number): number {
  switch (kinds[bytes[at] ?? 0]) {
    case byteKind.escape:
      return behindSequence(bytes, at);
    case byteKind.goesBack:
      return behindReturns(bytes, at);
    case byteKind.opensMark:
      return at + markLength(bytes, at);
    default:
      return at + 1;
  }
}

function behindSequence(bytes: Buffer, at: number): number {
  const next = endOfControlSequence(bytes, at);
  // To the end of the line there is nothing to delete here.
  return next !== needsMore && bytes[next - 1] === erase && bytes[next - 2] !== bracket ? needsMore : next;
}

/** At the end of a line they show nothing. */
function behindReturns(bytes: Buffer, at: number): number {
  let next = at;
  while (bytes[next] === carriageReturn) next += 1;
  return next === bytes.length || bytes[next] === lineFeed ? next : needsMore;
}

const carriageReturn = 0x0d;
