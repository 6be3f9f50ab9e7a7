import type { RunItem } from '../../api/run-item.ts';
import type { Repository } from '../../git/repository.ts';
import { compareNewestFirst } from '../../model/run-id.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { isRunAlive } from '../../store/run-life.ts';
import { liveItem } from './run-items.ts';
import type { RunIndex } from './run-index.ts';

/** A run that has no result yet. */
export interface LiveRun {
  active: ActiveRun;
  item: RunItem;
}

/** Those of the runs under way that have no result, newest first. @param active listed before the index was read. */
export async function listLive(repo: Repository, active: readonly ActiveRun[], index: RunIndex): Promise<LiveRun[]> {
  const unstored = active.filter((run) => index.find(run) === undefined);
  const runs = await Promise.all(unstored.map(async (run) => ({ active: run, item: liveItem(run, await isRunAlive(repo, run)) })));
  return runs.sort((a, b) => compareNewestFirst(a.item.runId, b.item.runId));
}
