import { compilePattern, findOccurrences, type BytePattern, type ByteRange } from './byte-pattern.ts';

/** Byte sequences that are searched for together. */
export interface PatternSearch {
  /** A sequence of at least two bytes. */
  add(bytes: Buffer): void;
  /**
   * Adds every occurrence of each to `found`.
   * @returns the length of the longest end of the text that begins one.
   */
  find(text: Buffer, found: ByteRange[]): number;
  occurIn(text: Buffer): boolean;
  /** Whether this byte is in any of them. */
  holds(byte: number): boolean;
  /** 0 if there are none. */
  longestBytes(): number;
}

/** Of more bytes of each sequence the tables do not know: longer steps save nothing. */
const maxStartBytes = 32;
const pairs = 0x10000;

/**
 * One pass over the text for all sequences (Wu and Manber's search): wherever the pair of bytes at hand is in the start of no sequence,
 * it steps over the length of the shortest. Only those whose start stands somewhere are looked for one by one, so that the rest
 * cost nothing, and a text that is nearly all secret stays linear.
 */
export function createPatternSearch(): PatternSearch {
  const patterns = new Map<string, BytePattern>();
  /** By byte, the patterns that hold it: no others can have begun at the end of a text. Mostly that is a line feed. */
  const holding = new Map<number, BytePattern[]>();
  let starts: Starts | undefined;

  function add(bytes: Buffer): void {
    const key = bytes.toString('latin1');
    if (patterns.has(key)) return;
    const pattern = compilePattern(bytes);
    patterns.set(key, pattern);
    for (const byte of new Set(bytes)) append(holding, byte, pattern);
    if (starts !== undefined && bytes.length >= starts.length) {
      starts.add(pattern);
      return;
    }
    starts = createStarts(Math.min(bytes.length, maxStartBytes));
    for (const one of patterns.values()) starts.add(one);
  }

  return {
    add,
    find(text, found) {
      if (starts === undefined) return 0;
      const present = starts.presentIn(text);
      let prefix = 0;
      for (const pattern of new Set([...present, ...(holding.get(text.at(-1) ?? 0) ?? [])])) {
        // Where a whole one cannot be, only the end is of interest.
        const from = present.has(pattern) ? 0 : Math.max(0, text.length - pattern.bytes.length + 1);
        prefix = Math.max(prefix, findOccurrences(from === 0 ? text : text.subarray(from), pattern, found));
      }
      return prefix;
    },
    occurIn: (text) => starts !== undefined && [...starts.presentIn(text)].some(({ bytes }) => text.includes(bytes)),
    holds: (byte) => holding.has(byte),
    longestBytes: () => Math.max(0, ...[...patterns.values()].map(({ bytes }) => bytes.length)),
  };
}

/** The first bytes of sequences, as many of each. */
interface Starts {
  readonly length: number;
  add(pattern: BytePattern): void;
  /** Those whose start stands in the text. */
  presentIn(text: Buffer): Set<BytePattern>;
}

function createStarts(length: number): Starts {
  /** By pair of bytes: how far the end of a start is away at least. */
  const steps = new Uint8Array(pairs).fill(length - 1);
  const byLastPair = new Map<number, BytePattern[]>();
  return {
    length,
    add(pattern) {
      for (let at = 1; at < length; at += 1) {
        const pair = pairAt(pattern.bytes, at);
        steps[pair] = Math.min(steps[pair] ?? 0, length - 1 - at);
      }
      append(byLastPair, pairAt(pattern.bytes, length - 1), pattern);
    },
    presentIn(text) {
      const present = new Set<BytePattern>();
      for (let at = length - 1; at < text.length; ) {
        const pair = pairAt(text, at);
        const step = steps[pair] ?? 0;
        if (step === 0) addStarting(present, byLastPair.get(pair) ?? [], text.subarray(at + 1 - length, at + 1));
        at += step === 0 ? 1 : step;
      }
      return present;
    },
  };
}

function append(lists: Map<number, BytePattern[]>, key: number, pattern: BytePattern): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [pattern]);
  else list.push(pattern);
}

/** The byte at the offset with the one before it. */
const pairAt = (bytes: Buffer, offset: number): number => ((bytes[offset - 1] ?? 0) << 8) | (bytes[offset] ?? 0);

function addStarting(present: Set<BytePattern>, patterns: readonly BytePattern[], start: Buffer): void {
  for (const pattern of patterns) {
    if (!present.has(pattern) && start.equals(pattern.bytes.subarray(0, start.length))) present.add(pattern);
  }
}
