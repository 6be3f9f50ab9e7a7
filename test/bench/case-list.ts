import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { cacheRoot } from '../../src/store/paths.ts';
import { inRepo, type Benchmark } from './benchmark.ts';
import { bareNode } from './floors.ts';
import { combine, interleave } from './rounds.ts';
import { makeRow, type Row } from './row.ts';
import { millis, type Place } from './timed.ts';

const count = 20_000;

interface ListCase {
  name: string;
  args: readonly string[];
  /** Without what an earlier command has kept. */
  cold: boolean;
}

const cases: readonly ListCase[] = [
  { name: 'ls-first', args: ['ls', '--all'], cold: true },
  { name: 'ls', args: ['ls', '--all'], cold: false },
  { name: 'ls-every-first', args: ['ls', '--all', '--limit', '0'], cold: true },
  { name: 'ls-every', args: ['ls', '--all', '--limit', '0'], cold: false },
];

const historyName = 'log-history';

/** Listings of 20,000 runs on as many commits, with packed refs. */
export const listings: Benchmark = {
  names: [...cases.map(({ name }) => name), historyName],
  measure: ({ quick, jci }, wanted) =>
    inRepo('true\n', async (repo, place) => {
      const runs = await makeFakeRuns(repo, { count });
      const ids = runs.map(({ result }) => `${result}\n`).join('');
      const cache = cacheRoot(join(repo.path, '.git'));
      const rounds = quick ? 3 : 9;
      const rows: Row[] = [];
      for (const one of cases) if (wanted.has(one.name)) rows.push(await measureList({ place, jci, cache, ids, rounds }, one));
      if (wanted.has(historyName)) rows.push(await measureHistory(place, jci, rounds));
      return rows;
    }),
};

interface Listed {
  place: Place;
  jci: readonly string[];
  cache: string;
  /** Every result commit, one a line. */
  ids: string;
  rounds: number;
}

async function measureList({ place, jci, cache, ids, rounds }: Listed, { name, args, cold }: ListCase): Promise<Row> {
  const { node, refs, objects, list } = await interleave(rounds, {
    node: () => bareNode(place),
    refs: () => runRefs(place),
    objects: () => (cold ? millis(place, ['git', 'cat-file', '--batch'], { input: ids }) : Promise.resolve(0)),
    list: () => {
      if (cold) rmSync(cache, { recursive: true, force: true });
      return millis(place, [...jci, ...args]);
    },
  });
  return makeRow({
    name,
    what: `git jci ${args.join(' ')} over ${count} runs, ${cold ? 'cache removed' : 'cache kept'}`,
    measured: list,
    floor: combine([refs, objects], (a, b) => a + b),
    fixed: node,
    floorIs: cold ? 'git for-each-ref + git cat-file --batch of every result + node -e 0' : 'git for-each-ref + node -e 0',
    bar: cold ? { text: '2x (refs + objects) + node', factor: 2 } : { text: '1.5x refs + node', factor: 1.5 },
  });
}

const runRefs = (place: Place): Promise<number> => millis(place, ['git', 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/jci-runs/']);

async function measureHistory(place: Place, jci: readonly string[], rounds: number): Promise<Row> {
  const { node, refs, log, history } = await interleave(rounds, {
    node: () => bareNode(place),
    refs: () => runRefs(place),
    log: () => millis(place, ['git', 'log', '-n', '50']),
    history: () => millis(place, [...jci, 'log', '-n', '50']),
  });
  return makeRow({
    name: historyName,
    what: `git jci log -n 50 over ${count} runs`,
    measured: history,
    floor: combine([refs, log], (a, b) => a + b),
    fixed: node,
    floorIs: 'git for-each-ref + git log -n 50 + node -e 0',
  });
}
