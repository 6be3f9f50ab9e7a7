import { commitDetail, type CommitDetail, type RunDetail } from '../../../src/api/run-detail.ts';
import type { Problem } from '../../../src/api/repository.ts';
import { commitApi } from '../../../src/api/paths.ts';
import { liveRuns, refsState } from '../../api/events.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { liveSteps } from '../../log/log-events.ts';

/** A run and the commit it belongs to. */
export interface Shown {
  detail: CommitDetail;
  run: RunDetail;
}

/** What is known about a run: asked for again when it is stored, when one of its steps begins or ends, and when there is another run of its commit. */
export function useRun(commit: string, runId: string | null): { detail: CommitDetail | undefined; run: RunDetail | undefined; problem: Problem | undefined } {
  const live = liveRuns.value.filter((item) => item.commit.startsWith(commit));
  const key = `${refsState.value} ${liveSteps.value} ${live.map((item) => `${item.runId} ${item.live}`).join()}`;
  const { data, problem } = useAnswer(commitDetail, commitApi(commit, runId), key);
  // The answer before this one may be about another run.
  const isOurs = data !== undefined && data.hash.startsWith(commit) && (runId === null || data.runId === runId);
  if (!isOurs) return { detail: undefined, run: undefined, problem };
  return { detail: data, run: data.run === null ? undefined : withLive(data.run, live), problem };
}

/** The events tell of a phase before the next answer does; what is stored is not under way any more, whatever was told before. */
function withLive(run: RunDetail, live: readonly RunDetail['item'][]): RunDetail {
  const now = run.item.live === null ? undefined : live.find((item) => item.runId === run.item.runId);
  return now === undefined ? run : { ...run, item: now };
}
