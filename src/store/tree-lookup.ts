import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { createSummaryReader, openRunListing, type StoredRunRef, type Summaries } from './run-list.ts';
import { loadSummaryCache, type SummaryCache } from './summary-cache.ts';

/** A stored run whose result could be read. */
export interface ToldRun {
  run: StoredRunRef;
  summary: ResultSummary;
}

/** From here on, sorting all results by their trees once is quicker than looking through them for a few trees again. */
const manyTrees = 200;

/**
 * The results on trees, newest first, for trees that become known one after another: those of a history.
 *
 * Git starts to list all results at once, and what was kept of them is read meanwhile. Only the others are opened, and kept.
 */
export function createTreeLookup(repo: Repository): (trees: ReadonlySet<ObjectId>) => Promise<ReadonlyMap<ObjectId, readonly ToldRun[]>> {
  const listing = openRunListing(repo);
  // Whoever looks up a tree hears of it. If nobody comes to that, something else went wrong, and is told of.
  listing.catch(() => undefined);
  let known: Known | undefined;
  let all: Map<ObjectId, ToldRun[]> | undefined;
  let asked = 0;
  return async (trees) => {
    asked += trees.size;
    if (all !== undefined) return all;
    const { cache, readSummaries } = (known ??= loadKnown(repo));
    const isMany = asked > manyTrees;
    const here = isMany ? undefined : cache.resultsOn(trees);
    const runs = (await listing)((result) => here === undefined || here.has(result) || !cache.has(result));
    const told = byTree(runs, await readSummaries(runs));
    if (isMany) all = told;
    return told;
  };
}

interface Known {
  cache: SummaryCache;
  readSummaries: (runs: readonly StoredRunRef[]) => Promise<Summaries>;
}

function loadKnown(repo: Repository): Known {
  const cache = loadSummaryCache(repo.commonDir);
  return { cache, readSummaries: createSummaryReader(repo, cache) };
}

function byTree(runs: readonly StoredRunRef[], summaries: Summaries): Map<ObjectId, ToldRun[]> {
  const groups = new Map<ObjectId, ToldRun[]>();
  for (const run of runs) {
    const summary = summaries.get(run.result);
    if (summary?.tree === undefined) continue;
    const group = groups.get(summary.tree);
    if (group === undefined) groups.set(summary.tree, [{ run, summary }]);
    else group.push({ run, summary });
  }
  return groups;
}
