import { join } from 'node:path';
import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { readConfig } from '../../git/config.ts';
import type { Remote } from '../../git/remote.ts';
import { waitForLock } from '../../locks/wait-for-lock.ts';
import { printable } from '../../output/terminal-text.ts';
import { keepPacksFew } from '../../store/few-packs.ts';
import { keepRefsPacked } from '../../store/pack-run-refs.ts';
import { storeRoot } from '../../store/paths.ts';
import { pullRuns } from '../../sync/pull.ts';
import type { PullReport } from '../../sync/report.ts';
import type { Call } from '../command.ts';
import { identifySelf } from '../session.ts';
import { cancellable } from './cancellable.ts';
import { countOf, namesOf, shownNames } from '../render/words.ts';
import { prepareRemote } from './prepare-remote.ts';
import { createTransferLine } from './transfer-progress.ts';

export interface PullCommandOptions {
  json?: boolean;
}

/** `git jci pull`. @returns the exit code. @throws JciError (3) when the remote has other results under our names. */
export async function pullCommand(call: Call<PullCommandOptions>): Promise<number> {
  const { ctx, repo, ui, args } = call;
  const { remote } = await prepareRemote(repo, ui, args[0]);
  const report = await cancellable((signal) => pullLocked(call, remote, signal));
  await keepRefsPacked(repo);
  await keepPacksFew(repo, await readConfig(repo), ctx.env['JCI_RUN_ID'] !== undefined);
  if (ui.json) ui.printJson({ version: 1, remote: remote.shown, ...report });
  else ui.say(outcome(remote, report));
  sayRest(call, remote, report);
  return exitCode.ok;
}

async function pullLocked({ ctx, repo, ui }: Call<PullCommandOptions>, remote: Remote, signal: AbortSignal): Promise<PullReport> {
  const folder = join(storeRoot(repo.commonDir), 'pull-lock');
  const onWait = (): void => ui.say(ui.err.dim('waiting for another git jci pull'));
  const lock = await waitForLock([folder], await identifySelf(ctx), ctx.platform, { signal, onWait });
  const line = await createTransferLine(ctx);
  try {
    return await pullRuns(repo, remote, { onProgress: line.onProgress, onStored: (done, total) => line.onStored(done, total), signal });
  } finally {
    line.end();
    lock.release();
  }
}

function outcome({ shown }: Remote, { pulled, present, conflicts, unfit }: PullReport): string {
  if (pulled.length > 0) return `pulled ${countOf(pulled.length, 'run')} from ${shown}${present > 0 ? ` (${present} here already)` : ''}`;
  if (present > 0) return `nothing to pull: ${present === 1 ? 'the one run' : `all ${present} runs`} of ${shown} ${present === 1 ? 'is' : 'are'} here`;
  return conflicts.length + unfit.length > 0 ? `nothing was pulled from ${shown}` : `${shown} has no runs`;
}

/** What was left out is told of and no more: a stray name on the remote must not make every pull of everybody fail. */
function sayRest({ ui }: Call<PullCommandOptions>, { shown }: Remote, { conflicts, unfit }: PullReport): void {
  for (const { ref, why } of unfit.slice(0, shownNames)) ui.warn(`${printable(ref)} was not taken: ${printable(why)}`);
  if (unfit.length > shownNames) ui.warn(`and ${unfit.length - shownNames} more`);
  if (conflicts.length === 0) return;
  throw refusal(`${shown} has other results under ${countOf(conflicts.length, 'name')} of ours: ${namesOf(conflicts)}`, {
    hint: 'ours stay; a result never changes, so somebody has put another one in its place there',
  });
}
