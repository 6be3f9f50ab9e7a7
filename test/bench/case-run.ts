import { inRepo, type Benchmark } from './benchmark.ts';
import { bareNode, bashAndPlumbing } from './floors.ts';
import { combine, interleave } from './rounds.ts';
import { makeRow } from './row.ts';
import { millis } from './timed.ts';

/** `git jci run` of a script that does nothing. */
export const runPackage: Benchmark = {
  names: ['run'],
  measure: ({ quick, jci }) =>
    inRepo('true\n', async (_, place) => {
      const { node, plumbing, run } = await interleave(quick ? 7 : 21, {
        node: () => bareNode(place),
        plumbing: (round) => bashAndPlumbing(place, round),
        run: () => millis(place, [...jci, 'run']),
      });
      return [
        makeRow({
          name: 'run',
          what: 'git jci run, script `true`, npm package',
          measured: run,
          floor: combine([node, plumbing], (a, b) => a + b),
          floorIs: 'node -e 0 + bash -c true + hash-object, mktree, commit-tree, update-ref',
          bar: { text: '1.6x', factor: 1.6 },
        }),
      ];
    }),
};

const standaloneName = 'run-standalone';

/** The same with the standalone executable, which has no Node to wait for. */
export const runStandalone: Benchmark = {
  names: [standaloneName],
  measure({ quick, standalone }) {
    const what = 'git jci run, script `true`, standalone';
    const floorIs = 'its own `version` + 3 x (bash -c true + hash-object, mktree, commit-tree, update-ref)';
    if (standalone === undefined) return Promise.resolve([{ name: standaloneName, what, floorIs, note: 'not built: npm run build:standalone' }]);
    return inRepo('true\n', async (_, place) => {
      const { version, plumbing, run } = await interleave(quick ? 7 : 21, {
        version: () => millis(place, [standalone, 'version']),
        plumbing: (round) => bashAndPlumbing(place, round),
        run: () => millis(place, [standalone, 'run']),
      });
      const floor = combine([version, plumbing], (a, b) => a + 3 * b);
      return [makeRow({ name: standaloneName, what, measured: run, floor, floorIs, bar: { text: '1x', factor: 1 } })];
    });
  },
};
