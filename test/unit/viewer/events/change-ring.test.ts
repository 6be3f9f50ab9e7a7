import { expect, test } from 'vitest';
import { createChangeRing } from '../../../../src/viewer/events/change-ring.ts';

test('a ring knows the latest changes and nothing else', () => {
  const ring = createChangeRing(3);
  expect(ring.after(0)).toEqual([]);
  expect(ring.after(1)).toBeUndefined();
  for (let count = 0; count < 5; count += 1) ring.add({ refs: String(count) });
  const numbers = (after: number): number[] | undefined => ring.after(after)?.map(({ number }) => number);
  expect([1, 2, 3, 4, 5, 6].map(numbers)).toEqual([undefined, [3, 4, 5], [4, 5], [5], [], undefined]);
});
