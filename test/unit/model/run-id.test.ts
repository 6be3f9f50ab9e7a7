import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNewestFirst, isRunId, isRunIdPrefix, makeRunId, runIdSeconds } from '../../../src/model/run-id.ts';

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 4, maxLength: 4 });
const runId = fc.tuple(fc.nat(4_102_444_800_000), hex).map(([ms, random]) => makeRunId(ms, random));

describe('run ids', () => {
  test('are made of seconds and the random part', () => {
    expect(makeRunId(1_700_000_000_999, 'ab12')).toBe('1700000000-ab12');
  });

  test('are recognised, and so is every prefix of them', () => {
    fc.assert(
      fc.property(runId, fc.nat(20), (id, length) => {
        expect(isRunId(id)).toBe(true);
        const prefix = id.slice(0, Math.max(1, length));
        expect(isRunIdPrefix(prefix)).toBe(true);
        expect(makeRunId(runIdSeconds(id) * 1000, id.slice(-4))).toBe(id);
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
