import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { inRepo, placeOf, type Benchmark } from './benchmark.ts';
import { bareNode } from './floors.ts';
import { combine, interleave } from './rounds.ts';
import { makeRow, type Row } from './row.ts';
import { millis, type Place } from './timed.ts';

const count = 20_000;
const pullName = 'pull';
const nothingNames = { pull: 'pull-nothing', push: 'push-nothing' } as const;
const pattern = 'refs/jci-runs/*';

/** Many runs between two repositories: all of them to an empty one, and none where both sides have them. */
export const sync: Benchmark = {
  names: [pullName, ...Object.values(nothingNames)],
  measure: ({ quick, jci }, wanted) =>
    inRepo('true\n', async (repo, place) => {
      const runs = await makeFakeRuns(repo, { count });
      const far: Far = { repo, place, jci, ids: runs.map(({ result }) => `${result}\n`).join('') };
      const rows: Row[] = [];
      if (wanted.has(pullName)) rows.push(await measurePull(far, quick ? 1 : 3));
      if (Object.values(nothingNames).some((name) => wanted.has(name))) rows.push(...(await measureNothing(far, quick ? 3 : 9)));
      return rows.filter(({ name }) => wanted.has(name));
    }),
};

/** Where the runs are. */
interface Far {
  repo: TestRepo;
  place: Place;
  jci: readonly string[];
  /** Every result commit, one a line. */
  ids: string;
}

/** What brings all objects, checked, and names none of them. */
const bareFetch = ['git', '-c', 'fetch.fsckObjects=true', '-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--stdin'];

async function measurePull({ repo, place, jci, ids }: Far, rounds: number): Promise<Row> {
  const { node, list, fetch, pull } = await interleave(
    rounds,
    {
      node: () => bareNode(place),
      list: () => listRemote(place, repo.path),
      fetch: () => inEmpty(repo, (near) => millis(placeOf(near), [...bareFetch, repo.path], { input: ids })),
      pull: () =>
        inEmpty(repo, async (near) => {
          const ms = await millis(placeOf(near), [...jci, 'pull', repo.path]);
          const pulled = (await near.refs()).length;
          if (pulled !== count) throw new Error(`${pulled} of ${count} runs were pulled`);
          return ms;
        }),
    },
    0,
  );
  return makeRow({
    name: pullName,
    what: `git jci pull of ${count} runs into a repository without any`,
    measured: pull,
    floor: combine([list, fetch], (a, b) => a + b),
    fixed: node,
    floorIs: 'git ls-remote + git fetch of the same objects, checked, without refs + node -e 0',
  });
}

async function inEmpty(repo: TestRepo, body: (near: TestRepo) => Promise<number>): Promise<number> {
  const path = join(repo.root, 'empty');
  await repo.git('init', '--quiet', path);
  try {
    return await body(repo.at(path));
  } finally {
    rmSync(path, { recursive: true });
  }
}

async function measureNothing({ repo, place, jci }: Far, rounds: number): Promise<Row[]> {
  const path = join(repo.root, 'near');
  await repo.git('clone', '--quiet', '--mirror', repo.path, path);
  const { node, list, refs, bare, pull, push } = await interleave(rounds, {
    node: () => bareNode(place),
    list: () => listRemote(place, path),
    refs: () => millis(place, ['git', 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/jci-runs/']),
    bare: () => millis(place, ['git', 'push', '--quiet', path, `${pattern}:${pattern}`]),
    pull: () => millis(place, [...jci, 'pull', path]),
    push: () => millis(place, [...jci, 'push', path]),
  });
  const what = (verb: string): string => `git jci ${verb} when both sides have the same ${count} runs`;
  return [
    makeRow({
      name: nothingNames.pull,
      what: what('pull'),
      measured: pull,
      floor: combine([list, refs], (a, b) => a + b),
      fixed: node,
      floorIs: 'git ls-remote + git for-each-ref + node -e 0',
    }),
    makeRow({ name: nothingNames.push, what: what('push'), measured: push, floor: bare, fixed: node, floorIs: 'git push of the same refs + node -e 0' }),
  ];
}

const listRemote = (place: Place, path: string): Promise<number> => millis(place, ['git', 'ls-remote', '--refs', '--quiet', path, pattern]);
