import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineTimes, indexOfNotes, timeSteps } from '../../../src/output/line-times.ts';
import { createTimingIndex } from '../../../src/output/timing-index.ts';

/** Lines of ten bytes, each so many ms after the one before. */
const delays = fc.array(fc.nat(120), { minLength: 2, maxLength: 300 });

/** What is told of entries while a log of such lines grows, and the index at its end. */
function note(waits: readonly number[], maxEntries: number): { noted: string; index: string | undefined; ms: number[] } {
  let noted = '';
  const timing = createTimingIndex({ maxEntries, onEntries: (text) => (noted += text) });
  let now = 0;
  const ms = waits.map((wait, at) => {
    now += wait;
    timing.lineStarts(at + 1, at * 10, now);
    return now;
  });
  return { noted, index: timing.text(), ms };
}

test('what is noted while a log grows is its index in the end', () => {
  fc.assert(
    fc.property(delays, (waits) => {
      const { noted, index } = note(waits, 1000);
      expect(noted).toBe(index ?? '');
      expect(indexOfNotes(noted, { lines: waits.length, bytes: waits.length * 10 })).toBe(index);
    }),
  );
});

test('what was noted, and thinned out later, tells the time of every line more closely than the index does', () => {
  fc.assert(
    fc.property(delays, fc.integer({ min: 4, max: 20 }), (waits, most) => {
      const { noted, index, ms } = note(waits, most);
      const times = createLineTimes(noted);
      const thin = createLineTimes(index);
      for (const [at, exact] of ms.entries()) {
        const known = times.at(at + 1) ?? 0;
        expect(known).toBeLessThanOrEqual(exact);
        expect(known).toBeGreaterThanOrEqual(thin.at(at + 1) ?? 0);
      }
    }),
  );
});

test('it makes no difference where the text is cut', () => {
  fc.assert(
    fc.property(delays, fc.integer({ min: 1, max: 40 }), (waits, size) => {
      const { noted } = note(waits, 1000);
      const whole = createLineTimes(noted);
      const cut = createLineTimes();
      for (let at = 0; at < noted.length; at += size) cut.add(noted.slice(at, at + size));
      expect(waits.map((_, at) => cut.at(at + 1))).toEqual(waits.map((_, at) => whole.at(at + 1)));
      expect(cut.last()).toBe(whole.last());
    }),
  );
});

test('notes of lines that the log does not have are left out, and half an entry too', () => {
  expect(indexOfNotes('1 0 5\n2 10 80\n3 20 200\n4 3', { lines: 2, bytes: 25 })).toBe('1 0 5\n2 10 80\n');
  expect(indexOfNotes('1 0 5\n', { lines: 2, bytes: 20 })).toBeUndefined();
});

test('steps get the times of their lines', () => {
  const step = { name: 'a', depth: 0, firstLine: 2, lastLine: 4, startMs: 0, durationMs: 0 };
  expect(timeSteps([step], createLineTimes('1 0 5\n2 10 80\n4 20 200\n'))).toEqual([{ ...step, startMs: 80, durationMs: 120 }]);
  expect(timeSteps([step], createLineTimes())).toEqual([step]);
});
