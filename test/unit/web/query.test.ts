import { expect, test } from 'vitest';
import { pick, withValue } from '../../../web/state/query.ts';

test('filters that are empty are not in the address, and others stay', () => {
  expect(withValue(new URLSearchParams('a=1&text=x'), 'text', '').toString()).toBe('a=1');
  expect(pick(new URLSearchParams('text=x y&other=1&branch=b'), ['branch', 'text'])).toBe('branch=b&text=x+y');
});
