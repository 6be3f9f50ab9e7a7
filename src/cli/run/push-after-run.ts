import { JciError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Settings } from '../../config/settings.ts';
import { readConfig } from '../../git/config.ts';
import { chooseRemote } from '../../git/remote.ts';
import { loadTransfer } from '../../git/remote-transfer.ts';
import { currentBranch } from '../../git/revisions.ts';
import { findPushable } from '../../sync/push.ts';
import type { Call } from '../command.ts';
import { reportError } from '../report-error.ts';
import { pushTo, sayPush } from '../sync/push-runs.ts';
import type { RunOptions } from './options.ts';

/**
 * `git jci run --push`: pushes once the result is stored.
 * @param remote what `--push` named, or `true`.
 * @returns the exit code of the push. A push that fails is told of here, so that the run's own exit code is not lost.
 */
export async function pushAfterRun(call: Call<RunOptions>, settings: Settings, remote: string | true): Promise<number> {
  const { ctx, repo, ui } = call;
  try {
    const [config, branch, runs] = await Promise.all([readConfig(repo), currentBranch(repo), findPushable(repo), loadTransfer(ctx.stderr.isTTY)]);
    const target = chooseRemote(config, { argument: remote === true ? undefined : remote, setting: settings.remote, branch });
    sayPush(ui, target, await pushTo(call, target, runs));
    return exitCode.ok;
  } catch (error) {
    if (error instanceof JciError) return reportError(ctx, error, false);
    throw error;
  }
}
