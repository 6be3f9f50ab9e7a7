import { expect, test } from 'vitest';
import { temporaryRoot } from '../../../src/base/temporary-root.ts';

test('TMPDIR counts if it means the same folder everywhere', () => {
  expect(['/a b', 'tmp', '', undefined].map((TMPDIR) => temporaryRoot({ TMPDIR }))).toEqual(['/a b', '/tmp', '/tmp', '/tmp']);
});
