import type { RunItem } from '../../api/run-item.ts';
import { refusal } from '../../base/errors.ts';
import type { Repository } from '../../git/repository.ts';
import type { RunKey } from '../../model/run-ref.ts';
import { isAlive } from '../../proc/process-id.ts';
import { requestCancel } from '../../run/cancel-request.ts';
import { reloadActiveRun } from '../../store/active-run.ts';
import type { Actions } from '../../viewer/parts.ts';
import { liveItem } from '../../viewer/results/run-items.ts';
import { startRerun } from './start-rerun.ts';

/** What the page may have done; `undefined` where nothing can be run. */
export function createActions(repo: Repository): Actions | undefined {
  const { workTree } = repo;
  if (workTree === undefined) return undefined;
  return {
    rerun: (key) => startRerun(repo, workTree, key),
    cancel: (key) => cancel(repo, key),
  };
}

async function cancel(repo: Repository, key: RunKey): Promise<RunItem> {
  const { ctx, commonDir } = repo;
  const run = reloadActiveRun(commonDir, key);
  if (run === undefined) throw isOver(key);
  if (run.host !== ctx.host) throw refusal(`run ${run.runId} is on ${run.host}`, { hint: 'cancel it there' });
  // Here its pid is nobody's, or somebody else's.
  if (!(await isAlive(run.owner, ctx.platform))) throw refusal(`the git jci that ran ${run.runId} is gone, or in another container`, { hint: 'git jci show stores what a dead run left' });
  if (!requestCancel(commonDir, run, `cancelled by ${ctx.user}`)) throw isOver(key);
  return liveItem(run, true);
}

const isOver = ({ runId }: RunKey): Error => refusal(`run ${runId} is over already`, { hint: `git jci show ${runId}` });
