import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNewestFirst, isRunId, isRunIdPrefix, makeRunId, runIdSeconds } from '../../../src/model/run-id.ts';

const time = fc.nat(4_102_444_800_000);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const runId = fc.tuple(time, chance).map(([ms, random]) => makeRunId(ms, random));

describe('run ids', () => {
  test('are made of seconds, the millisecond and chance', () => {
    expect(makeRunId(1_700_000_000_000, 0)).toBe('1700000000-0000');
    expect(makeRunId(1_700_000_000_001, 0.999)).toBe('1700000000-0081');
    expect(makeRunId(1_700_000_000_999, 0.999)).toBe('1700000000-fde7');
  });

  test('of different milliseconds are in the order of time', () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 5000 }), chance, chance, (ms, later, first, second) => {
        expect(compareNewestFirst(makeRunId(ms + later, first), makeRunId(ms, second))).toBeLessThan(0);
      }),
    );
  });

  test('are recognised, and so is every prefix of them', () => {
    fc.assert(
      fc.property(time, chance, fc.nat(20), (ms, random, length) => {
        const id = makeRunId(ms, random);
        expect(isRunId(id)).toBe(true);
        const prefix = id.slice(0, Math.max(1, length));
        expect(isRunIdPrefix(prefix)).toBe(true);
        expect(Math.floor(ms / 1000)).toBe(runIdSeconds(id));
      }),
    );
  });

  test.each(['', '1700000000', '1700000000-', '1700000000-ABCD', '1700000000-abcde', '-abcd', '1700000000-abcd\n', 'x1-abcd', '1-ab/d'])(
    '%j is none',
    (text) => {
      expect(isRunId(text)).toBe(false);
    },
  );

  test.each(['', '-', 'a', '17x', '17-g', '17-abcd1', 'HEAD', '17 '])('%j begins none', (text) => {
    expect(isRunIdPrefix(text)).toBe(false);
  });

  test('are in a total order, newest first by number and not by text', () => {
    expect(['9-0000', '10-0000', '10-ffff'].sort(compareNewestFirst)).toEqual(['10-ffff', '10-0000', '9-0000']);
    fc.assert(
      fc.property(runId, runId, (a, b) => {
        expect(Math.sign(compareNewestFirst(a, b))).toBe(0 - Math.sign(compareNewestFirst(b, a)));
        expect(compareNewestFirst(a, b) === 0).toBe(a === b);
        if (runIdSeconds(a) > runIdSeconds(b)) expect(compareNewestFirst(a, b)).toBeLessThan(0);
      }),
    );
  });
});
