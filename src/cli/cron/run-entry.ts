import { join, resolve } from 'node:path';
import type { Context } from '../../base/context.ts';
import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { withRecordedEnvironment } from '../../cron/environment.ts';
import { cronFolder } from '../../cron/install-site.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { isLocked, tryLock } from '../../locks/file-lock.ts';
import { isBranchName } from '../../model/branch-name.ts';
import { isEntryName } from '../../model/crontab.ts';
import type { Call } from '../command.ts';
import { runSingle } from '../run/single.ts';
import { identifySelf } from '../session.ts';

export interface RunEntryOptions {
  branch?: string;
  environment?: string;
  quiet?: boolean;
}

/**
 * `git jci cron run <name>`, what the crontab's lines call: runs the tip of the entry's branch, or HEAD, in a temporary
 * worktree. If the run before is still under way this one is left out.
 * @returns the exit code of the run.
 */
export async function runEntry(call: Call<RunEntryOptions>): Promise<number> {
  const [name = ''] = call.args;
  const { branch, quiet = false } = call.options;
  if (!isEntryName(name)) throw usageError(`'${name}' is not the name of a cron entry`, { hint: 'git jci cron ls' });
  if (branch !== undefined && !isBranchName(branch)) throw usageError(`--branch: '${branch}' is not a branch name`);
  const ctx = inEnvironment(call.ctx, call.options.environment);
  const repo = await openRepository(ctx);
  const lock = await tryLock(join(cronFolder(repo.commonDir), 'locks', name), await identifySelf(ctx), ctx.platform);
  if (!isLocked(lock)) {
    if (!quiet) call.ui.say(`${name} is still running (process ${lock.heldBy.pid}): left out this time`);
    return exitCode.ok;
  }
  try {
    return await startRun(call, ctx, repo, name);
  } finally {
    lock.release();
  }
}

/** cron starts us with hardly any environment, so git is looked for only after this. */
function inEnvironment(ctx: Context, file: string | undefined): Context {
  return file === undefined ? ctx : { ...ctx, env: withRecordedEnvironment(resolve(ctx.cwd, file), ctx.env) };
}

function startRun(call: Call<RunEntryOptions>, ctx: Context, repo: Repository, name: string): Promise<number> {
  const { branch, quiet = false } = call.options;
  const revision = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const options = { clean: true, trigger: 'cron', job: name, quiet, ...(branch === undefined ? {} : { branch }) };
  return runSingle({ ctx, repo, args: [revision], options, rest: [], ui: call.ui });
}
