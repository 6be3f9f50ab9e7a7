import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { followLog } from '../../browse/follow-log.ts';
import type { Repository } from '../../git/repository.ts';
import { requestCancel } from '../../run/cancel-request.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { listLiveRuns } from '../../store/all-runs.ts';
import { findRun } from '../../store/find-run.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';

/** `git jci cancel [<run>]`. @returns the exit code. */
export async function cancelRun({ repo, ctx, ui, args }: Call<unknown>): Promise<number> {
  await recoverRuns(repo, ui);
  const run = await liveRun(repo, args[0]);
  if (run.host !== ctx.host) throw refusal(`run ${run.runId} is on ${run.host}`, { hint: `cancel it there` });
  requestCancel(repo.commonDir, run, `cancelled by ${ctx.user}`);
  ui.say(`ending run ${run.runId}`);
  await followLog(repo, run, () => true);
  ui.say(`run ${run.runId} is cancelled`);
  return exitCode.ok;
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
