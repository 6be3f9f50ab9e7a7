import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../../src/proc/pace.ts';

/** A program that writes as fast as it can. */
interface Writer {
  /** Bytes of one write. */
  size: number;
  /** What one write takes it, in ms. */
  writeMs: number;
  /** What it takes longer, in ms, when it wakes the reader. */
  wakeMs: number;
  /** What the pipe takes before the writer stands still. */
  capacity: number;
}

type Way = 'eager' | 'rested' | 'paced';

/** How many bytes a reader gets in so many ms, on a clock of our own, and the share of reads it rested before. */
function read(way: Way, writer: Writer, totalMs: number): { bytes: number; rested: number } {
  let now = 0;
  const pace = createPace(() => now);
  let bytes = 0;
  let reads = 0;
  let rests = 0;
  let rest = way === 'rested';
  while (now < totalMs) {
    // A rest takes a little more than asked for, and the writer is woken only once.
    const cycleMs = rest ? 1.1 : writer.writeMs + writer.wakeMs;
    const chunk = rest ? Math.min(writer.capacity, Math.max(1, Math.floor(cycleMs / writer.writeMs)) * writer.size) : writer.size;
    now += Math.max(cycleMs, writer.writeMs);
    bytes += chunk;
    reads += 1;
    if (rest) rests += 1;
    if (way === 'paced') rest = pace.restAfter(chunk);
  }
  return { bytes, rested: rests / reads };
}

const KiB = 1024;
const bashLoop: Writer = { size: 100, writeMs: 0.004, wakeMs: 0.008, capacity: 64 * KiB };
const flood: Writer = { size: 4 * KiB, writeMs: 0.008, wakeMs: 0.01, capacity: 64 * KiB };

describe('reading a pipe', () => {
  test('rests when a program writes line by line', () => {
    const paced = read('paced', bashLoop, 2000).bytes;
    expect(paced).toBeGreaterThan(0.95 * read('rested', bashLoop, 2000).bytes);
    expect(paced).toBeGreaterThan(2 * read('eager', bashLoop, 2000).bytes);
  });

  test('does not rest when a program would stand still meanwhile', () => {
    const paced = read('paced', flood, 2000).bytes;
    expect(paced).toBeGreaterThan(0.95 * read('eager', flood, 2000).bytes);
    expect(paced).toBeGreaterThan(2 * read('rested', flood, 2000).bytes);
  });

  test('does not rest after a single line, nor between lines that come now and then', () => {
    let now = 5000;
    const pace = createPace(() => now);
    for (let line = 0; line < 1000; line += 1) {
      expect(pace.restAfter(80)).toBe(false);
      now += 4;
    }
  });

  test('begins anew after a pause: its first line is not late', () => {
    let now = 0;
    const pace = createPace(() => now);
    const said: boolean[] = [];
    for (let line = 0; line < 1000; line += 1, now += 0.05) said.push(pace.restAfter(100));
    expect(said).toContain(true);
    now += 500;
    expect(pace.restAfter(100)).toBe(false);
  });

  test('follows a program that changes its ways', () => {
    let now = 0;
    const pace = createPace(() => now);
    const phase = (writer: Writer): number => {
      const end = now + 1000;
      let rested = 0;
      let rest = false;
      for (; now < end; rest = pace.restAfter(rest ? Math.min(writer.capacity, (1.1 / writer.writeMs) * writer.size) : writer.size)) {
        const took = rest ? 1.1 : writer.writeMs + writer.wakeMs;
        if (rest) rested += took;
        now += took;
      }
      return rested / 1000;
    };
    expect(phase(bashLoop)).toBeGreaterThan(0.9);
    expect(phase(flood)).toBeLessThan(0.3);
    expect(phase(bashLoop)).toBeGreaterThan(0.4);
    expect(phase(bashLoop)).toBeGreaterThan(0.9);
  });

  test('is never much slower than the better of the two ways, whatever writes and whatever the pipe holds', () => {
    const writers = fc.record({
      size: fc.integer({ min: 1, max: 64 * KiB }),
      writeMs: fc.double({ min: 0.003, max: 1, noNaN: true }),
      wakeMs: fc.double({ min: 0, max: 0.05, noNaN: true }),
      capacity: fc.constantFrom(8 * KiB, 33 * KiB, 64 * KiB),
    });
    fc.assert(
      fc.property(writers, (drawn) => {
        const writer = { ...drawn, size: Math.min(drawn.size, drawn.capacity) };
        const best = Math.max(read('eager', writer, 1000).bytes, read('rested', writer, 1000).bytes);
        // 1.5 is the advantage that reading at once must have, and a tenth goes to the trials.
        expect(read('paced', writer, 1000).bytes).toBeGreaterThan((best / 1.5) * 0.9);
      }),
      { numRuns: 60 },
    );
  });
});
