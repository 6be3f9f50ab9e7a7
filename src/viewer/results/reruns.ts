import type { RunItem } from '../../api/run-item.ts';
import { parseRecord } from '../../model/result-files.ts';
import type { RunId } from '../../model/run-id.ts';
import type { ViewerParts } from '../parts.ts';
import type { Now } from './now.ts';

/** Runs of one commit whose records are read to find out which repeats which. */
const mostRuns = 100;

/** What a run repeats, and what repeats it, oldest first: always runs of the same commit. */
export async function findReruns(
  { objects }: ViewerParts,
  { index, live }: Now,
  run: RunItem,
  runs: readonly RunItem[],
): Promise<{ rerunOf: RunItem | null; rerunBy: RunItem[] }> {
  if (runs.length === 1) return { rerunOf: null, rerunBy: [] };
  const stored = index.ofCommit(run.commit).slice(0, mostRuns);
  const records = await objects.read(stored.map(({ result }) => `${result}:jci.json`));
  const repeated = new Map<RunId, RunId | undefined>(stored.map(({ runId }, position) => [runId, parseRecord(records[position]?.body)?.rerunOf]));
  for (const { active } of live) if (active.commit === run.commit) repeated.set(active.runId, active.rerunOf);
  return {
    rerunOf: runs.find(({ runId }) => runId === repeated.get(run.runId)) ?? null,
    rerunBy: runs.filter(({ runId }) => repeated.get(runId) === run.runId).reverse(),
  };
}
