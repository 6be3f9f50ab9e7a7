import { lineFeed } from '../../output/ascii.ts';

/** So far it is looked at byte by byte: a call takes as long. */
const near = 12;

/** Where the line ends that begins here or goes on here: at its line feed, or with the bytes. */
export function endOfLine(bytes: Buffer, from: number): number {
  const limit = Math.min(from + near, bytes.length);
  for (let at = from; at < limit; at += 1) if (bytes[at] === lineFeed) return at;
  const found = limit === bytes.length ? -1 : bytes.indexOf(lineFeed, limit);
  return found === -1 ? bytes.length : found;
}
