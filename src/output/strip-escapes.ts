import { lineFeed } from './ascii.ts';

const escape = 0x1b;
const bell = 0x07;
const backslash = 0x5c;
const bracket = 0x5b;

/**
 * The same bytes without escape sequences, as `escapeSequence` has them. The bytes themselves if there are none.
 *
 * Plain code over bytes: output in colour has a sequence every few characters, and a regular expression takes several times as long.
 */
export function stripEscapes(bytes: Buffer): Buffer {
  const first = bytes.indexOf(escape);
  if (first === -1) return bytes;
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = bytes.copy(kept, 0, 0, first);
  for (let at = first; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    at += 1;
    if (byte !== escape) kept[length++] = byte;
    else at = bytes[at] === bracket ? controlSequenceEnd(bytes, at + 1) : otherSequenceEnd(bytes, at);
  }
  return kept.subarray(0, length);
}

/** Colours and cursor movement. Without its last byte it is no more than `ESC [`. */
function controlSequenceEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (isWithin(bytes[at], 0x30, 0x3f)) at += 1;
  while (isWithin(bytes[at], 0x20, 0x2f)) at += 1;
  return isWithin(bytes[at], 0x40, 0x7e) ? at + 1 : start;
}

/** @param at behind the ESC. */
function otherSequenceEnd(bytes: Buffer, at: number): number {
  switch (bytes[at]) {
    case 0x5d: // ]
    case 0x50: // P
    case 0x58: // X
    case 0x5e: // ^
    case 0x5f: // _
      return stringEnd(bytes, at + 1);
    default:
      return shortSequenceEnd(bytes, at);
  }
}

/** Titles, links, the clipboard: up to BEL or `ESC \`. */
function stringEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== bell && bytes[at] !== escape && bytes[at] !== lineFeed) at += 1;
  if (bytes[at] === bell) return at + 1;
  return bytes[at] === escape && bytes[at + 1] === backslash ? at + 2 : at;
}

function shortSequenceEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (isWithin(bytes[at], 0x20, 0x2f)) at += 1;
  return isWithin(bytes[at], 0x30, 0x7e) ? at + 1 : at;
}

const isWithin = (byte: number | undefined, least: number, most: number): boolean => byte !== undefined && byte >= least && byte <= most;
