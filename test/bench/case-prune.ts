import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { inRepo, placeOf, type Benchmark } from './benchmark.ts';
import { bareNode } from './floors.ts';
import { interleave } from './rounds.ts';
import { makeRow } from './row.ts';
import { millis, type Place } from './timed.ts';

const count = 20_000;
const pruned = 2000;
const secondsApart = 3600;

/** Half way between the runs on both sides of the cut, so that neither moves over it while this is measured. */
const olderThan = `${(count - pruned) * secondsApart - secondsApart / 2}s`;

const name = 'prune';
const what = `git jci prune --older-than <so that ${pruned} of ${count} go> --commit`;
const floorIs = 'git update-ref --stdin that deletes the same + node -e 0';

/** Deleting old runs, each time in a new copy of the same repository. */
export const prune: Benchmark = {
  names: [name],
  measure: ({ quick, jci }) =>
    inRepo('true\n', async (repo, place) => {
      if ((await repo.exec(jci[0] ?? '', [...jci.slice(1), 'prune', '--help'])).exitCode !== 0) {
        return [{ name, what, floorIs, note: 'there is no prune in this build' }];
      }
      const newest = Math.floor(Date.now() / 1000);
      const runs = await makeFakeRuns(repo, { count, newest, secondsApart });
      const input = runs.slice(-pruned).map(({ ref, result }) => `delete ${ref} ${result}\n`).join('');
      const { node, floor, own } = await interleave(quick ? 3 : 7, {
        node: () => bareNode(place),
        floor: () => inCopy(repo, (copy) => millis(copy, ['git', 'update-ref', '--stdin'], { input })),
        own: () => inCopy(repo, (copy) => millis(copy, [...jci, 'prune', '--older-than', olderThan, '--commit'])),
      });
      return [makeRow({ name, what, measured: own, floor, fixed: node, floorIs, bar: { text: '2x + node', factor: 2 } })];
    }),
};

/** @throws when not exactly the runs in question are gone afterwards: quick because it did something else is not quick. */
async function inCopy(repo: TestRepo, body: (place: Place) => Promise<number>): Promise<number> {
  const path = join(repo.root, 'copy');
  cpSync(repo.path, path, { recursive: true });
  const copy = repo.at(path);
  await copy.git('update-index', '--refresh');
  const ms = await body(placeOf(copy));
  const left = (await copy.refs()).length;
  rmSync(path, { recursive: true });
  if (left !== count - pruned) throw new Error(`${left} of ${count} runs are left instead of ${count - pruned}`);
  return ms;
}
