import fc from 'fast-check';
import * as valibot from 'valibot';
import { expect, test } from 'vitest';
import * as shapes from '../../../web/shapes.ts';

/** The same words for both. */
type Words = typeof valibot;
const asValibot = shapes as unknown as Words;

const made = {
  text: (v: Words) => v.string(),
  number: (v: Words) => v.number(),
  flag: (v: Words) => v.boolean(),
  choice: (v: Words) => v.picklist(['a', 'b']),
  only: (v: Words) => v.literal(1),
  count: (v: Words) => v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  id: (v: Words) => v.pipe(v.string(), v.regex(/^[0-9a-f]{4}$/)),
  time: (v: Words) => v.pipe(v.string(), v.isoTimestamp()),
  levels: (v: Words) => v.pipe(v.number(), v.transform((level) => Math.min(level, 3))),
  ours: (v: Words) => v.custom((value) => value === 7),
  perhaps: (v: Words) => v.nullable(v.string()),
  list: (v: Words) => v.array(v.nullable(v.number())),
  either: (v: Words) => v.union([v.string(), v.literal(7)]),
  thing: (v: Words) => v.object({ a: v.string(), b: v.exactOptional(v.number()), c: v.optional(v.boolean()), d: v.nullable(v.object({ e: v.array(v.string()) })) }),
  more: (v: Words) => v.object({ ...v.object({ a: v.string() }).entries, z: v.number() }),
} satisfies Record<string, (v: Words) => valibot.GenericSchema>;

const text = fc.constantFrom('', 'a', 'b', 'c', '12ab', '12AB', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.678+01:00', '2026-01-02');
const number = fc.constantFrom(-1, 0, 1, 1.5, 7, 2 ** 60);
const plain = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.constant(undefined));
const inner = fc.oneof(plain, fc.record({ e: fc.oneof(plain, fc.array(fc.oneof(text, number))) }));
const whole = fc.record({ a: plain, b: plain, c: plain, d: inner, z: plain, other: plain }, { requiredKeys: [] });
const anything = fc.oneof(plain, fc.array(plain), whole);

test.each(Object.entries(made))('%s is checked as valibot checks it', (_, shapeOf) => {
  const [ours, theirs] = [shapeOf(asValibot), shapeOf(valibot)];
  fc.assert(
    fc.property(anything, (value) => {
      const expected = valibot.safeParse(theirs, value);
      const result = asValibot.safeParse(ours, value);
      expect(result.success).toBe(expected.success);
      if (expected.success) expect(result.output).toEqual(expected.output);
    }),
    { numRuns: 300 },
  );
});

test('who wants no answer but the value hears of a wrong one', () => {
  expect(asValibot.parse(made.list(asValibot), [1, null])).toEqual([1, null]);
  expect(() => asValibot.parse(made.list(asValibot), ['x'])).toThrow('not understood: "x"');
});
