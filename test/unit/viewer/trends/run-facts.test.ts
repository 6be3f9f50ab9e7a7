import { expect, test } from 'vitest';
import type { ObjectSession } from '../../../../src/git/object-session.ts';
import { createFactsReader } from '../../../../src/viewer/trends/run-facts.ts';

/** Results of a test case each, that are there at once. */
const objects: ObjectSession = {
  read: (names) =>
    Promise.resolve(
      names.map((name) => {
        const body = Buffer.from(JSON.stringify({ version: 1, totals: { passed: 1, failed: 0, skipped: 0, durationMs: 1 }, cases: [] }));
        return name.endsWith(':tests.json') ? { id: name, type: 'blob', size: body.length, body } : undefined;
      }),
    ),
  close: () => undefined,
};

test('between any two results others have their turn', async () => {
  const runs = Array.from({ length: 12 }, (_, at) => ({ commit: 'c', runId: `${at}`, ref: '', result: `${at}` }));
  const state = { turns: 0, isOver: false };
  const turn = (): void => {
    state.turns += 1;
    if (!state.isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const { facts } = await createFactsReader(objects).read(runs);
  state.isOver = true;
  expect(facts.map(({ totals }) => totals?.passed)).toEqual(runs.map(() => 1));
  expect(state.turns).toBeGreaterThanOrEqual(runs.length - 1);
});
