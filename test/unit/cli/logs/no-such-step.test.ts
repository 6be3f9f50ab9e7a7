import { expect, test } from 'vitest';
import { noSuchStep } from '../../../../src/cli/logs/no-such-step.ts';
import type { Step } from '../../../../src/model/step.ts';

const step = (name: string): Step => ({ name, depth: 0, firstLine: 1, lastLine: 1, startMs: 0, durationMs: 0 });
const many = Array.from({ length: 30_000 }, (_, index) => `step ${index}`);

test.each([
  ['none', [], 'it has no steps: git jci logs 1700000000-abcd'],
  ['none', ['good', 'bad', 'good'], 'it has: good, bad'],
  ['bda', ['good', 'bad', 'ugly'], 'it has: bad, good, ugly'],
  ['unit', many, 'it has: step 0, step 1, step 2, step 3, step 4, step 5, step 6, step 7 and 29992 more'],
  ['step 12345x', many, 'it has: step 12345, step 0, step 1, step 2, step 3, step 4, step 5, step 6 and 29992 more'],
  ['x', ['a'.repeat(8 * 1024 * 1024)], `it has: ${'a'.repeat(60)}...`],
])('%s', (name, names: readonly string[], hint) => {
  const error = noSuchStep(name, names.map(step), '1700000000-abcd');
  expect(error.message).toBe(`run 1700000000-abcd has no step '${name}'`);
  expect(error.hint).toBe(hint);
});
