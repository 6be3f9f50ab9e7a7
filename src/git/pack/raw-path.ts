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

/** Back to what the file system takes. */
export const toBytes = (raw: RawPath): Buffer => Buffer.from(raw, 'latin1');

/** For people: UTF-8 where it is UTF-8, anything else and control characters as `\xNN`. */
export function showPath(raw: RawPath): string {
  const text = toBytes(raw).toString();
  const readable = text.includes('\ufffd') ? raw.replaceAll(/[\x80-\xff]/g, escape) : text;
  return readable.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, escape);
}

const escape = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
