import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Remote } from '../../git/remote.ts';
import { printable } from '../../output/terminal-text.ts';
import type { PrunePlan } from '../../prune/plan.ts';
import { again, planRemotePrune } from '../../prune/plan-remote.ts';
import { removeRemoteRuns, type RemovedThere } from '../../prune/remove-remote.ts';
import { storeRoot } from '../../store/paths.ts';
import type { Call } from '../command.ts';
import { cancellable } from '../sync/cancellable.ts';
import { countOf } from '../render/words.ts';
import { prepareRemote } from '../sync/prepare-remote.ts';
import { createTransferLine } from '../sync/transfer-progress.ts';
import { runLines, runsAsJson, whatStays } from './describe.ts';
import type { PruneOptions, PruneRules } from './options.ts';

/** `git jci prune --on-remote`. @returns the exit code. @throws JciError (3) when the remote refuses or cannot be reached. */
export async function pruneRemote(call: Call<PruneOptions>, rules: PruneRules, name: string | undefined): Promise<number> {
  const { ctx, repo, ui, options } = call;
  const { remote } = await prepareRemote(repo, ui, name);
  const commit = options.commit === true;
  const { plan, done } = await cancellable(async (signal) => {
    const planned = await planRemotePrune(repo, remote, rules, signal);
    return { plan: planned, done: commit ? await remove(call, remote, planned, signal) : undefined };
  });
  if (ui.json) {
    const { stay, protected: protectedRuns, unjudged } = plan;
    ui.printJson({ version: 1, remote: remote.shown, committed: commit, runs: runsAsJson(plan.remove, undefined), stay: stay.length, protected: protectedRuns, unjudged, ...done });
  } else {
    if (plan.remove.length > 0) ui.print(runLines(plan.remove, ctx.now()));
    for (const line of [...whatStays(plan), outcome(remote, plan, done)]) ui.say(line);
  }
  if (done !== undefined && done.refused.length > 0) throw refused(call, remote, done);
  return exitCode.ok;
}

async function remove({ ctx, repo }: Call<PruneOptions>, remote: Remote, plan: PrunePlan, signal: AbortSignal): Promise<RemovedThere> {
  const tips = plan.remove.map(({ run }) => ({ ref: run.ref, id: run.result }));
  const line = await createTransferLine(ctx);
  try {
    return await removeRemoteRuns(repo, remote, tips, { folder: storeRoot(repo.commonDir), again, onProgress: line.onProgress, signal });
  } finally {
    line.end();
  }
}

function outcome({ shown }: Remote, { remove: planned, stay }: PrunePlan, done: RemovedThere | undefined): string {
  const all = planned.length + stay.length;
  if (planned.length === 0) return all === 0 ? `nothing to prune: ${shown} has no runs` : `nothing to prune: no rule is against any of ${countOf(all, 'run')} of ${shown}`;
  if (done === undefined) return `would remove ${planned.length} of ${countOf(all, 'run')} of ${shown}; do it with --commit`;
  const left = planned.length - done.removed.length - done.refused.length;
  return `removed ${done.removed.length} of ${countOf(all, 'run')} of ${shown}${left > 0 ? ` (${left} had changed or were gone meanwhile)` : ''}`;
}

function refused({ ui }: Call<PruneOptions>, { shown }: Remote, { refused: refs, messages }: RemovedThere): Error {
  for (const message of messages) ui.say(`${shown} says: ${message}`);
  const reasons = [...new Set(refs.map(({ reason }) => printable(reason)))].slice(0, 3).join(', ');
  return refusal(`${shown} refused to delete ${countOf(refs.length, 'run')}: ${reasons}`, { hint: 'its owner has to allow deleting refs/jci-runs/*' });
}
