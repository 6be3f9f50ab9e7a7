import type { RunItem } from '../../api/run-item.ts';
import type { Repository } from '../../git/repository.ts';
import { compareNewestFirst } from '../../model/run-id.ts';
import { listActiveRuns, type ActiveRun } from '../../store/active-run.ts';
import { isRunAlive } from '../../store/run-life.ts';
import { liveItem } from './run-items.ts';
import type { RunIndex } from './run-index.ts';

/** A run that has no result yet. */
export interface LiveRun {
  active: ActiveRun;
  item: RunItem;
}

/** All runs under way, newest first; one that has its result already counts as stored. */
export async function listLive(repo: Repository, index: RunIndex): Promise<LiveRun[]> {
  const active = listActiveRuns(repo.commonDir).filter((run) => index.find(run) === undefined);
  const runs = await Promise.all(active.map(async (run) => ({ active: run, item: liveItem(run, await isRunAlive(repo, run)) })));
  return runs.sort((a, b) => compareNewestFirst(a.item.runId, b.item.runId));
}
