import { expect, test } from 'vitest';
import { runTitle } from '../../../web/parts/run-title.ts';

test('a run is called as its commit, and never by nothing', () => {
  const run = { runId: '1700000000-12ab' };
  expect(runTitle('mend it', run)).toBe('mend it');
  expect(runTitle('', run)).toBe('(no subject)');
  expect(runTitle(null, run)).toBe(run.runId);
});
