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
  cold?: boolean;
  /** It shows the subjects of all commits: git has to open these too. */
  subjects?: boolean;
  /** Whether there is a bar for it; the other rows are there to be looked at. */
  bar?: boolean;
}

const cases: readonly ListCase[] = [
  { name: 'ls-first', args: ['ls', '--all'], cold: true, bar: true },
  { name: 'ls', args: ['ls', '--all'], bar: true },
  { name: 'ls-every-first', args: ['ls', '--all', '--limit', '0'], cold: true, subjects: true, bar: true },
  { name: 'ls-every', args: ['ls', '--all', '--limit', '0'], subjects: true, bar: true },
  { name: 'ls-here', args: ['ls'] },
  { name: 'ls-failed', args: ['ls', '--all', '--status', 'failed'] },
  { name: 'ls-never', args: ['ls', '--all', '--status', 'timeout'] },
  { name: 'show', args: ['show'] },
  { name: 'flaky', args: ['flaky'] },
];

const historyName = 'log-history';

/** Listings of 20,000 runs on as many commits, with packed refs. */
export const listings: Benchmark = {
  names: [...cases.map(({ name }) => name), historyName],
  measure: ({ quick, jci }, wanted) =>
    inRepo('true\n', async (repo, place) => {
      const runs = await makeFakeRuns(repo, { count });
      const ids = runs.map(({ result }) => `${result}\n`).join('');
      const commits = runs.map(({ commit }) => `${commit}\n`).join('');
      const cache = cacheRoot(join(repo.path, '.git'));
      const rounds = quick ? 3 : 9;
      const rows: Row[] = [];
      for (const one of cases) if (wanted.has(one.name)) rows.push(await measureList({ place, jci, cache, ids, commits, rounds }, one));
      if (wanted.has(historyName)) rows.push(await measureHistory(place, jci, rounds));
      return rows;
    }),
};

interface Listed {
  place: Place;
  jci: readonly string[];
  cache: string;
  /** Every result commit, and every source commit, one a line. */
  ids: string;
  commits: string;
  rounds: number;
}

async function measureList({ place, jci, cache, ids, commits, rounds }: Listed, one: ListCase): Promise<Row> {
  const { name, args, cold = false, subjects = false, bar = false } = one;
  const none = Promise.resolve(0);
  const sides = await interleave(rounds, {
    node: () => bareNode(place),
    refs: () => runRefs(place),
    objects: () => (cold ? millis(place, ['git', 'cat-file', '--batch'], { input: ids }) : none),
    subjects: () => (subjects ? millis(place, ['git', 'log', '--no-walk=unsorted', '--stdin', '--format=%s'], { input: commits }) : none),
    list: () => {
      if (cold) rmSync(cache, { recursive: true, force: true });
      return millis(place, [...jci, ...args]);
    },
  });
  const parts = ['refs', ...(cold ? ['objects'] : []), ...(subjects ? ['subjects'] : [])].join(' + ');
  const factor = cold ? 2 : 1.5;
  return makeRow({
    name,
    what: `git jci ${args.join(' ')} over ${count} runs, ${cold ? 'cache removed' : 'cache kept'}`,
    measured: sides.list,
    floor: combine([sides.refs, sides.objects, sides.subjects], (...times) => times.reduce((sum, time) => sum + time)),
    fixed: sides.node,
    floorIs: `${parts} + node -e 0 (git for-each-ref${cold ? ', git cat-file --batch of every result' : ''}${subjects ? ', git log --no-walk of every commit' : ''})`,
    ...(bar ? { bar: { text: `${factor}x (${parts}) + node`, factor } } : {}),
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
