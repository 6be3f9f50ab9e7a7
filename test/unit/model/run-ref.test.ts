import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRunRef, runRef, runRefPrefix } from '../../../src/model/run-ref.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const key = fc.record({
  commit: fc.oneof(hex(40), hex(64)),
  runId: fc.tuple(fc.nat(), hex(4)).map(([seconds, random]) => `${seconds}-${random}`),
});

test('a run ref reads back as its key', () => {
  fc.assert(
    fc.property(key, (run) => {
      expect(parseRunRef(runRef(run))).toEqual(run);
    }),
  );
});

const commit = 'a'.repeat(40);
test.each([
  '',
  'refs/heads/main',
  runRefPrefix,
  `${runRefPrefix}${commit}`,
  `${runRefPrefix}${commit}/`,
  `${runRefPrefix}${commit}/1-abcd/more`,
  `${runRefPrefix}${commit}/latest`,
  `${runRefPrefix}${'a'.repeat(41)}/1-abcd`,
  `${runRefPrefix}${'A'.repeat(40)}/1-abcd`,
  `${runRefPrefix}/1-abcd`,
  `refs/jci-runs-other/${commit}/1-abcd`,
  `x${runRefPrefix}${commit}/1-abcd`,
])('%j is no run', (ref) => {
  expect(parseRunRef(ref)).toBeUndefined();
});

test('whatever parses is exactly what it would be written as', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a0-/\n .') }), (text) => {
      const ref = `${runRefPrefix}${text}`;
      const parsed = parseRunRef(ref);
      if (parsed !== undefined) expect(runRef(parsed)).toBe(ref);
    }),
  );
});
