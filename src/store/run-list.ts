import { listRefs, listRunRefs, type RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst, runIdSeconds, type RunId } from '../model/run-id.ts';
import { parseRunRef, runRefPrefix, type RunKey } from '../model/run-ref.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { openResults } from './open-results.ts';
import { extendSummaryCache, loadSummaryCache, type SummaryCache } from './summary-cache.ts';

/** A stored run by its ref alone: nothing has been opened yet. */
export interface StoredRunRef extends RunKey {
  ref: string;
  result: ObjectId;
}

/** All stored runs, newest first, with one git process that opens no object. */
export const listStoredRuns = async (repo: Repository): Promise<StoredRunRef[]> => newestFirst(await listRunRefs(repo));

/** The stored runs of these commits, newest first, with one git process that looks at no other refs. */
export async function listRunsOf(repo: Repository, commits: readonly ObjectId[]): Promise<StoredRunRef[]> {
  return commits.length === 0 ? [] : newestFirst(await listRefs(repo, commits.map((commit) => `${runRefPrefix}${commit}/`)));
}

/** The stored runs whose id begins so, newest first. */
export const listRunsById = async (repo: Repository, prefix: RunId): Promise<StoredRunRef[]> =>
  newestFirst(await listRefs(repo, [`${runRefPrefix}*/${prefix}*`]));

/** Those among refs that are runs, newest first. */
export function newestFirst(tips: readonly RefTip[]): StoredRunRef[] {
  const runs: StoredRunRef[] = [];
  for (const { ref, id } of tips) {
    const key = parseRunRef(ref);
    if (key !== undefined) runs.push({ commit: key.commit, runId: key.runId, ref, result: id });
  }
  return sortNewestFirst(runs);
}

/** By numbers, and by the text of ids only within a second: comparing texts is what took longest in a listing of all runs. */
function sortNewestFirst(runs: readonly StoredRunRef[]): StoredRunRef[] {
  const dated = runs.map((run) => ({ run, seconds: runIdSeconds(run.runId) }));
  dated.sort((a, b) => b.seconds - a.seconds || compareNewestFirst(a.run.runId, b.run.runId));
  return dated.map(({ run }) => run);
}

/** From here on, reading the cache of all results is quicker than opening these. */
const manyRuns = 500;

/** Summaries by the id of the result commit. A result that cannot be read (its objects are missing, it is no result) has none. */
export type Summaries = Pick<ReadonlyMap<ObjectId, ResultSummary>, 'get'>;

/** The summaries of these runs, with at most two git processes. */
export const readSummaries = (repo: Repository, runs: readonly StoredRunRef[]): Promise<Summaries> => createSummaryReader(repo)(runs);

/** `readSummaries` for a few runs after another, or at the same time: what one call has read or is reading, the others do not. */
export function createSummaryReader(repo: Repository): (runs: readonly StoredRunRef[]) => Promise<Summaries> {
  const read = new Map<ObjectId, ResultSummary>();
  const beingRead = new Map<ObjectId, Promise<void>>();
  let cache: SummaryCache | undefined;
  let asked = 0;
  const summaries: Summaries = { get: (id) => read.get(id) ?? cache?.get(id) };

  async function open(ids: readonly ObjectId[]): Promise<void> {
    try {
      const found = [...(await openResults(repo, ids)).results.values()];
      for (const { result, summary } of found) if (summary !== undefined) read.set(result, summary);
      if (cache !== undefined) extendSummaryCache(repo.commonDir, found);
    } finally {
      for (const id of ids) beingRead.delete(id);
    }
  }

  return async (runs) => {
    asked += runs.length;
    if (asked > manyRuns) cache ??= loadSummaryCache(repo.commonDir);
    const unknown = runs.map(({ result }) => result).filter((id) => cache?.has(id) !== true && !read.has(id));
    const ours = unknown.filter((id) => !beingRead.has(id));
    if (ours.length > 0) {
      const opening = open(ours);
      for (const id of ours) beingRead.set(id, opening);
    }
    await Promise.all(new Set(unknown.flatMap((id) => beingRead.get(id) ?? [])));
    return summaries;
  };
}
