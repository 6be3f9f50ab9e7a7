import { commitsBeyondHistory } from '../git/ancestry.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { listLiveRuns, mergeRuns } from './all-runs.ts';
import { listNewestRuns } from './newest-runs.ts';
import { openResults } from './open-results.ts';
import type { SelectedRuns } from './run-selection.ts';

/** Of a history, more are opened than asked for: some may be of other branches. */
const historyFactor = 2;

/**
 * Selects the newest runs, opening no others.
 * @param limit small, as for `listNewestRuns`.
 * @returns `undefined` if too few of the newest are in the history, or one cannot be opened: then all have to be listed.
 */
export async function selectNewest(repo: Repository, limit: number, historyOf: ObjectId | undefined): Promise<SelectedRuns | undefined> {
  const count = historyOf === undefined ? limit : limit * historyFactor;
  const [live, listed] = await Promise.all([listLiveRuns(repo), listNewestRuns(repo, count)]);
  if (listed === undefined) return undefined;
  const named = listed.newest;
  const commits = new Set([...named, ...live].map(({ commit }) => commit));
  const [{ results, subjects }, beyond] = await Promise.all([
    openResults(repo, named.map(({ ref }) => ref), [...commits]),
    historyOf === undefined ? undefined : commitsBeyondHistory(repo, historyOf, commits),
  ]);
  const stored = named.flatMap((run) => {
    const result = results.get(run.ref)?.result;
    return result === undefined ? [] : [{ ...run, result }];
  });
  // Removed meanwhile, or damaged: only the list of ids tells.
  if (stored.length < named.length) return undefined;
  const inScope = mergeRuns(stored, live).filter(({ run: { commit } }) => beyond === undefined || (subjects.has(commit) && !beyond.has(commit)));
  if (inScope.length < limit && named.length === count) return undefined;
  const runs = inScope.slice(0, limit).map((found) => ({ found, summary: found.kind === 'stored' ? results.get(found.run.ref)?.summary : undefined }));
  return { runs, subjects };
}
