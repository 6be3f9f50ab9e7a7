import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Remote } from '../../git/remote.ts';
import { loadTransfer } from '../../git/remote-transfer.ts';
import { printable } from '../../output/terminal-text.ts';
import { findPushable, pushRuns, type Pushable } from '../../sync/push.ts';
import type { PushReport } from '../../sync/report.ts';
import type { Call } from '../command.ts';
import type { Ui } from '../render/ui.ts';
import { recoverRuns } from '../session.ts';
import { cancellable } from './cancellable.ts';
import { countOf, namesOf, shownNames } from '../render/words.ts';
import { prepareRemote } from './prepare-remote.ts';
import { createTransferLine } from './transfer-progress.ts';

export interface PushOptions {
  json?: boolean;
}

/** `git jci push`. @returns the exit code. */
export async function pushCommand(call: Call<PushOptions>): Promise<number> {
  const { ctx, repo, ui, args } = call;
  await recoverRuns(repo, ui);
  const [{ remote }, runs] = await Promise.all([prepareRemote(repo, ui, args[0]), findPushable(repo), loadTransfer(ctx.stderr.isTTY)]);
  const report = await pushTo(call, remote, runs);
  if (ui.json) ui.printJson({ version: 1, remote: remote.shown, ...report });
  sayPush(ui, remote, report);
  return exitCode.ok;
}

/** Pushes with a progress line. @throws JciError as `pushRuns` does. */
export async function pushTo({ ctx, repo }: Pick<Call<unknown>, 'ctx' | 'repo'>, remote: Remote, runs: Pushable): Promise<PushReport> {
  const line = await createTransferLine(ctx);
  try {
    return await cancellable((signal) => pushRuns(repo, remote, runs, { onProgress: line.onProgress, signal }));
  } finally {
    line.end();
  }
}

/**
 * Says what a push did.
 * @throws JciError (3) when the remote refused anything, or has other results under our names.
 */
export function sayPush(ui: Ui, remote: Remote, report: PushReport): void {
  const { conflicts, refused, leftOut } = report;
  for (const { ref, why } of leftOut.slice(0, shownNames)) ui.warn(`${printable(ref)} is not pushed: ${leftOutWords[why]}`);
  if (leftOut.length > shownNames) ui.warn(`and ${leftOut.length - shownNames} more like these`);
  if (!ui.json) ui.say(outcome(remote, report));
  if (refused.length > 0) throw refusedByRemote(ui, remote, report);
  if (conflicts.length > 0) {
    throw refusal(`${remote.shown} has other results under ${countOf(conflicts.length, 'name')} of ours: ${namesOf(conflicts)}`, {
      hint: 'nothing was overwritten; which one is right, only a person can tell: git jci pull says the same from here',
    });
  }
}

const leftOutWords: Record<PushReport['leftOut'][number]['why'], string> = {
  name: 'its name is not that of a run',
  parents: 'its commit has parents, which no result has',
};

function outcome(remote: Remote, { pushed, present, conflicts, refused }: PushReport): string {
  const { shown } = remote;
  if (pushed.length > 0) return `pushed ${countOf(pushed.length, 'run')} to ${shown}${present > 0 ? ` (${present} there already)` : ''}`;
  if (present > 0) return `nothing to push: ${shown} has ${present === 1 ? 'the one run' : `all ${present} runs`} there ${present === 1 ? 'is' : 'are'}`;
  return conflicts.length + refused.length > 0 ? `nothing was pushed to ${shown}` : 'there are no runs to push; start one with: git jci run';
}

function refusedByRemote(ui: Ui, remote: Remote, { refused, messages }: PushReport): Error {
  const reasons = [...new Set(refused.map(({ reason }) => printable(reason)))].slice(0, shownNames).join(', ');
  for (const message of messages) ui.say(`${remote.shown} says: ${message}`);
  return refusal(`${remote.shown} refused ${countOf(refused.length, 'run')}: ${reasons || 'it gave no reason'}`, {
    hint: `its owner has to allow refs/jci-runs/*; results can go elsewhere: git jci push <remote>, or git config jci.remote <remote>`,
  });
}
