/** Text has ten times the pairs of random bytes, machine code five times, base64 four times; a compressed file at most a tenth more. */
const evenPairs = 1.25;

/** How often each byte has been seen: one table for all, since a new one costs as much as looking through a KiB. */
const seen = new Uint32Array(256);

/**
 * Whether bytes are spread as evenly as random ones are: how many pairs of equal ones there are tells.
 *
 * Takes a microsecond per KiB; deflating such content, in vain, takes thirty.
 */
export function looksRandom(content: Uint8Array): boolean {
  seen.fill(0);
  let pairs = 0;
  const { length } = content;
  // Not for-of: through an iterator it takes three times as long.
  for (let at = 0; at < length; at += 1) {
    const byte = content[at] ?? 0;
    const before = seen[byte] ?? 0;
    pairs += before;
    seen[byte] = before + 1;
  }
  const expected = (length * (length - 1)) / 2 / seen.length;
  return pairs <= expected * evenPairs;
}

/** As much as one block of a deflate stream holds without being compressed. */
const maxStoredBytes = 0xffff;
const headBytes = 7;

/**
 * A zlib stream of one block (RFC 1950, RFC 1951) that holds the content as it is.
 *
 * Zlib makes the same at level 0, but Node makes a stream object with a native part for each: ten thousand of them
 * cost a quarter of a second, most of it in collecting them again.
 * @throws RangeError for more than 65,535 bytes.
 */
export function storedZlib(content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length > maxStoredBytes) throw new RangeError(`${length} bytes are more than a stored block holds`);
  const stream = Buffer.allocUnsafe(headBytes + length + 4);
  // Deflate with a window of 32 KiB, no preset dictionary, fastest; then: last block, stored.
  stream.writeUIntBE(0x780101, 0, 3);
  stream.writeUInt16LE(length, 3);
  stream.writeUInt16LE(maxStoredBytes - length, 5);
  stream.set(content, headBytes);
  stream.writeUInt32BE(adler32(content), headBytes + length);
  return stream;
}

/** Sums of so few bytes stay exact without taking the remainder at every step. */
function adler32(content: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0, { length } = content; at < length; at += 1) {
    a += content[at] ?? 0;
    b += a;
  }
  return (b % 65521) * 65536 + (a % 65521);
}
