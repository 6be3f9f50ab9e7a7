import type { Repository } from '../git/repository.ts';
import { walkHistory } from '../git/revisions.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { listAllRuns, type FoundRun } from './find-run.ts';
import { readSummaries, type StoredRunRef } from './run-list.ts';

/** Which runs a listing is about. */
export interface RunSelection {
  /** Only runs of this commit. */
  commit?: ObjectId;
  /** Only runs of the history of this commit. */
  historyOf?: ObjectId;
  status?: Verdict | Outcome;
  /** `undefined` for all. */
  limit: number | undefined;
}

/** A run with what its message tells; a live one has no summary, nor has a result that cannot be read. */
export interface SelectedRun {
  found: FoundRun;
  summary: ResultSummary | undefined;
}

/** How many results are opened at once while looking for ones that fit. */
const batchSize = 500;

/**
 * Selects runs, newest first.
 *
 * Run ids hold their time, so the newest are known from the ref names alone: only as many results are opened as are asked
 * for.
 */
export async function selectRuns(repo: Repository, selection: RunSelection): Promise<SelectedRun[]> {
  const candidates = await inScope(repo, await listAllRuns(repo), selection);
  const { limit = candidates.length, status } = selection;
  const selected: SelectedRun[] = [];
  const size = status === undefined ? limit : batchSize;
  for (let start = 0; start < candidates.length && selected.length < limit; start += size) {
    const batch = candidates.slice(start, start + size);
    const summaries = await readSummaries(repo, batch.flatMap(storedRun));
    for (const found of batch) {
      const summary = found.kind === 'stored' ? summaries.get(found.run.result) : undefined;
      if (fits(found, summary, status)) selected.push({ found, summary });
    }
  }
  return selected.slice(0, limit);
}

const storedRun = (found: FoundRun): StoredRunRef[] => (found.kind === 'stored' ? [found.run] : []);

async function inScope(repo: Repository, runs: readonly FoundRun[], selection: RunSelection): Promise<readonly FoundRun[]> {
  const { commit, historyOf } = selection;
  if (commit !== undefined) return runs.filter(({ run }) => run.commit === commit);
  if (historyOf === undefined) return runs;
  const history = await commitsWithRuns(repo, historyOf, new Set(runs.map(({ run }) => run.commit)));
  return runs.filter(({ run }) => history.has(run.commit));
}

/** Those of the commits that are in the history; walks no further than the last of them. */
async function commitsWithRuns(repo: Repository, tip: ObjectId, commits: ReadonlySet<ObjectId>): Promise<Set<ObjectId>> {
  const found = new Set<ObjectId>();
  if (commits.size === 0) return found;
  await walkHistory(repo, tip, (id) => {
    if (commits.has(id)) found.add(id);
    return found.size < commits.size;
  });
  return found;
}

function fits(found: FoundRun, summary: ResultSummary | undefined, status: RunSelection['status']): boolean {
  if (status === undefined) return true;
  if (found.kind === 'live') return status === 'running';
  return summary?.status === status || summary?.outcome === status;
}
