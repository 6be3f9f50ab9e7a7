import type { RunItem } from '../../api/run-item.ts';
import { requestedAt } from '../../model/run-id.ts';
import { runRef } from '../../model/run-ref.ts';
import type { ResultSummary } from '../../model/trailers.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import type { StoredRunRef } from '../../store/run-list.ts';

/** A stored run in a list. @param summary `undefined` if the result cannot be read. */
export function storedItem({ commit, runId, ref }: StoredRunRef, summary: ResultSummary | undefined): RunItem {
  return {
    runId,
    commit,
    ref,
    status: stateOf(summary),
    outcome: summary?.outcome ?? null,
    startedAt: requestedAt(runId),
    durationMs: summary?.durationMs ?? null,
    trigger: summary?.trigger ?? null,
    branch: summary?.branch ?? null,
    dirty: summary?.dirty ?? false,
    live: null,
    problem: summary === undefined ? 'its result cannot be read: git jci verify tells what is missing' : null,
  };
}

function stateOf(summary: ResultSummary | undefined): RunItem['status'] {
  if (summary?.status === 'running') return 'running';
  return summary?.status === 'ok' ? 'success' : 'failed';
}

/** A run under way in a list. */
export function liveItem(run: ActiveRun, isAlive: boolean): RunItem {
  return {
    runId: run.runId,
    commit: run.commit,
    ref: runRef(run),
    status: 'running',
    outcome: null,
    startedAt: run.startedAt,
    durationMs: null,
    trigger: run.trigger,
    branch: run.branch,
    dirty: run.dirty,
    live: isAlive ? run.phase : 'lost',
    problem: null,
  };
}
