import type { RawName } from '../../model/artefact-name.ts';

/**
 * Names joined by `/`, one character per byte (`latin1`).
 *
 * A string is a third of the size of a Buffer, sorts as git sorts, and serves as a key; a Buffer does neither.
 */
export type RawPath = RawName;

/** From what the file system or a caller gives: bytes as they are, text as UTF-8. */
export const toRaw = (path: string | Uint8Array): RawPath =>
  Buffer.from(typeof path === 'string' ? Buffer.from(path) : path).toString('latin1');

/** Names and paths for the file system. */
export type DiskPath = string | Buffer;

/** Back to what the file system takes: bytes only where text says something else, since a Buffer costs as much as the call it is for. */
export const toDisk = (raw: RawPath): DiskPath => (ascii.test(raw) ? raw : Buffer.from(raw, 'latin1'));

const ascii = /^[\x00-\x7f]*$/;

/** For people: UTF-8 where it is UTF-8, anything else and control characters as `\xNN`. */
export function showPath(raw: RawPath): string {
  if (plain.test(raw)) return raw;
  const text = Buffer.from(raw, 'latin1').toString();
  const readable = text.includes('\ufffd') ? raw.replaceAll(/[\x80-\xff]/g, escape) : text;
  return readable.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, escape);
}

const plain = /^[\x20-\x7e]*$/;

const escape = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
