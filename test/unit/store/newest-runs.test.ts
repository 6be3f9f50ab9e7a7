import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNewestFirst } from '../../../src/model/run-id.ts';
import { parseRunRef, runRef } from '../../../src/model/run-ref.ts';
import { newestAmong } from '../../../src/store/newest-runs.ts';

const hex = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const runId = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(9, 10, 99, 1_760_000_000, 999_999_999_999)), hex(4)).map(([seconds, random]) => `${seconds}-${random}`);
const ref = fc.record({ commit: fc.constantFrom('a'.repeat(40), 'b'.repeat(40), 'c'.repeat(64)), runId }).map(runRef);
const stray = fc.constantFrom('refs/jci-runs/zzz', 'refs/jci-runs/a/b/9999999999-aaaa', `refs/jci-runs/${'a'.repeat(40)}/x`, `refs/jci-runs/${'a'.repeat(40)}/99-ZZZZ`, 'refs/jci-runs/\xc3\xbc');
const names = fc.uniqueArray(fc.oneof({ arbitrary: ref, weight: 4 }, stray), { maxLength: 40 }).map((list) => list.sort());

test('the newest runs among names are the first of all of them in order', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 12 }), (list, count) => {
      const all = list.flatMap((name) => {
        const key = parseRunRef(name);
        return key === undefined ? [] : [{ ...key, ref: name }];
      });
      const inOrder = all.sort((a, b) => compareNewestFirst(a.runId, b.runId));
      const found = newestAmong(list.map((name) => `${name}\n`).join(''), count);
      expect(found).toEqual({ newest: inOrder.slice(0, count), total: list.length });
    }),
  );
});
