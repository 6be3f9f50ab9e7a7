import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { runRef } from '../model/run-ref.ts';
import { listActiveRuns, type ActiveRun } from './active-run.ts';
import { isRunAlive } from './run-life.ts';
import { listRunsOf, listStoredRuns, type StoredRunRef } from './run-list.ts';

/** A run, stored or under way. */
export type FoundRun = { kind: 'stored'; run: StoredRunRef } | { kind: 'live'; run: ActiveRun };

/** Every run there is, newest first. */
export async function listAllRuns(repo: Repository): Promise<FoundRun[]> {
  const [stored, live] = await Promise.all([listStoredRuns(repo), listLiveRuns(repo)]);
  return mergeRuns(stored, live);
}

/**
 * A run that has its result but not ended yet is a stored one.
 * @param stored newest first.
 */
export function mergeRuns(stored: readonly StoredRunRef[], live: readonly ActiveRun[]): FoundRun[] {
  const found = stored.map((run): FoundRun => ({ kind: 'stored', run }));
  if (live.length === 0) return found;
  const liveRefs = new Set(live.map(runRef));
  const both = new Set(stored.flatMap(({ ref }) => (liveRefs.has(ref) ? [ref] : [])));
  const others = live.filter((run) => !both.has(runRef(run)));
  return [...others.map((run): FoundRun => ({ kind: 'live', run })), ...found].sort((a, b) => compareNewestFirst(a.run.runId, b.run.runId));
}

/** The runs of these commits, newest first. */
export async function listAllRunsOf(repo: Repository, commits: ReadonlySet<ObjectId>): Promise<FoundRun[]> {
  const [stored, live] = await Promise.all([listRunsOf(repo, [...commits]), listLiveRuns(repo)]);
  return mergeRuns(stored, live.filter(({ commit }) => commits.has(commit)));
}

/** Active runs whose git jci lives, as far as can be known here. */
export async function listLiveRuns(repo: Repository): Promise<ActiveRun[]> {
  const active = listActiveRuns(repo.commonDir);
  const lives = await Promise.all(active.map((run) => isRunAlive(repo, run)));
  return active.filter((_, index) => lives[index]);
}
