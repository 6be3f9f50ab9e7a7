import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { followLog } from '../../browse/follow-log.ts';
import type { Repository } from '../../git/repository.ts';
import { requestCancel } from '../../run/cancel-request.ts';
import { isAlive } from '../../proc/process-id.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { listLiveRuns } from '../../store/all-runs.ts';
import { listRunsOf, readSummaries } from '../../store/run-list.ts';
import { findRun } from '../../store/find-run.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';

/** `git jci cancel [<run>]`. @returns the exit code. */
export async function cancelRun({ repo, ctx, ui, args }: Call<unknown>): Promise<number> {
  await recoverRuns(repo, ui);
  const run = await liveRun(repo, args[0]);
  if (run.host !== ctx.host) throw refusal(`run ${run.runId} is on ${run.host}`, { hint: 'cancel it there' });
  // Here its pid is nobody's, or somebody else's.
  if (!(await isAlive(run.owner, ctx.platform))) throw refusal(`run ${run.runId} is in another container on this machine`, { hint: 'cancel it there' });
  const isAsked = requestCancel(repo.commonDir, run, `cancelled by ${ctx.user}`);
  if (isAsked) ui.say(`ending run ${run.runId}`);
  await followLog(repo, run, () => true);
  const outcome = await outcomeOf(repo, run);
  if (outcome !== undefined && outcome !== 'cancelled') {
    throw refusal(`run ${run.runId} was over before it could be cancelled: it ${outcome}`, { hint: `git jci show ${run.runId}` });
  }
  if (outcome === undefined && !isAsked) throw refusal(`run ${run.runId} was over before it could be cancelled`);
  ui.say(`run ${run.runId} is cancelled`);
  return exitCode.ok;
}

/** `undefined` for a run that left no result, since nothing of it had begun. */
async function outcomeOf(repo: Repository, { commit, runId }: ActiveRun): Promise<string | undefined> {
  const stored = (await listRunsOf(repo, [commit])).find((run) => run.runId === runId);
  return stored === undefined ? undefined : (await readSummaries(repo, [stored])).get(stored.result)?.outcome;
}

async function liveRun(repo: Repository, text: string | undefined): Promise<ActiveRun> {
  if (text !== undefined) {
    const found = await findRun(repo, text);
    if (found.kind === 'live') return found.run;
    throw refusal(`run ${found.run.runId} is over already`, { hint: `git jci show ${found.run.runId}` });
  }
  const live = await listLiveRuns(repo);
  const [only] = live;
  if (only === undefined) throw refusal('no run is under way');
  if (live.length > 1) throw refusal(`${live.length} runs are under way`, { hint: `name one of: ${live.map(({ runId }) => runId).join(', ')}` });
  return only;
}
