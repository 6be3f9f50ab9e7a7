import type { RunItem } from '../../api/run-item.ts';
import type { ObjectId } from '../../model/object-id.ts';
import type { Summaries } from '../../store/run-list.ts';
import { keyOf } from '../../model/run-ref.ts';
import { listActiveRuns } from '../../store/active-run.ts';
import type { ViewerParts } from '../parts.ts';
import { listLive, type LiveRun } from './live-runs.ts';
import { groupBy, type RunIndex } from './run-index.ts';
import { storedItem } from './run-items.ts';

/** All runs as they stand now, stored and under way. */
export interface Now {
  index: RunIndex;
  /** Newest first. */
  live: readonly LiveRun[];
  /** For an ETag: another one when a ref or a run under way has changed. */
  tag: string;
  /** The runs of a commit, newest first. */
  runsOf(commit: ObjectId, summaries: Summaries): RunItem[];
}

/** Reads what there is. */
export async function readNow({ repo, index: reader }: Pick<ViewerParts, 'repo' | 'index'>): Promise<Now> {
  // In this order no run is in neither: it goes from the one list when it is in the other.
  const active = listActiveRuns(repo.commonDir);
  const index = await reader.read(active.map(keyOf).join());
  const live = await listLive(repo, active, index);
  const liveOf = groupBy(live, ({ item }) => item.commit);
  return {
    index,
    live,
    tag: [index.state, ...live.map(({ item }) => `${item.runId}-${item.live}`)].join('.'),
    runsOf: (commit, summaries) => [
      // What is under way was begun after nearly all that is stored.
      ...(liveOf.get(commit) ?? []).map(({ item }) => item),
      ...index.ofCommit(commit).map((run) => storedItem(run, summaries.get(run.result))),
    ],
  };
}
