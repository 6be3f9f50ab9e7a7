import { createHash, type Hash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { looksRandom, storedZlib } from './stored-zlib.ts';

export type PackedType = 'blob' | 'tree' | 'commit';

const typeCodes: Record<PackedType, number> = { commit: 1, tree: 2, blob: 3 };

/** Fast rather than small: `git gc` finds the deltas, which save far more than the last tenth of zlib. */
const fastLevel = 1;
const storeLevel = 0;
/**
 * Zlib takes 260 KiB of fresh memory for each call unless told to be modest. For a thousand objects of 1 KiB that is
 * 30 ms instead of 80, and the window still covers the whole object.
 */
const tinyBytes = 4 * 1024;
const tinyOptions = { level: fastLevel, windowBits: 12, memLevel: 5, chunkSize: 2048 };
/** Below this a sample costs as much as compressing. */
const samplingFrom = 16 * 1024;
const sampleBytes = 4 * 1024;
/** Saving less than this is not worth the time: deflating random bytes is four times slower than storing them. */
const worthwhileRatio = 0.95;

/** The hash that becomes an object's id, with git's `<type> <size>\0` already in it. */
export const objectHash = (format: ObjectFormat, type: PackedType, size: number): Hash =>
  createHash(format).update(`${type} ${size}\0`);

/** The id of an object held in memory. */
export const objectIdOf = (format: ObjectFormat, type: PackedType, content: Uint8Array): ObjectId =>
  objectHash(format, type, content.length).update(content).digest('hex');

/** The zlib stream of something held in memory. */
export function deflated(content: Uint8Array): Uint8Array {
  if (content.length >= samplingFrom) return deflateSync(content, { level: compressionLevel(samplesOf(content)) });
  if (looksRandom(content)) return storedZlib(content);
  return deflateSync(content, content.length <= tinyBytes ? tinyOptions : { level: fastLevel });
}

/** What stands before an object in a pack, type and size: four bits of size in the first byte, seven in each further one, lowest first. */
export function entryHead(type: PackedType, size: number): Uint8Array {
  const bytes: number[] = [];
  let byte = (typeCodes[type] << 4) | size % 16;
  // Division, not shifts: sizes beyond 2 GiB.
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 128);
    byte = rest % 128;
  }
  bytes.push(byte);
  return Uint8Array.from(bytes);
}

/** Level for content of which these are samples: archives, images and random bytes are stored, not deflated. */
export function compressionLevel(samples: readonly Uint8Array[]): number {
  const sample = Buffer.concat(samples);
  if (!looksRandom(sample)) return fastLevel;
  // Evenly spread bytes may still repeat what came before them.
  return deflateSync(sample, { level: fastLevel }).length > sample.length * worthwhileRatio ? storeLevel : fastLevel;
}

/** Where to take samples from something of this size: near the start, in the middle, near the end. */
export const sampleRanges = (size: number): { start: number; end: number }[] =>
  [0.1, 0.5, 0.9].map((part) => {
    const start = Math.min(Math.floor(size * part), Math.max(0, size - sampleBytes));
    return { start, end: Math.min(size, start + sampleBytes) };
  });

const samplesOf = (content: Uint8Array): Uint8Array[] =>
  sampleRanges(content.length).map(({ start, end }) => content.subarray(start, end));
