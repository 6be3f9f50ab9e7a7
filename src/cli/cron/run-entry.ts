import { join, resolve } from 'node:path';
import type { Context } from '../../base/context.ts';
import { refusal, usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { missingBranches } from '../../cron/branches.ts';
import { withRecordedEnvironment } from '../../cron/environment.ts';
import { cronFolder } from '../../cron/install-site.ts';
import { readCronEntries } from '../../cron/read-entries.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { isLocked, tryLock } from '../../locks/file-lock.ts';
import { isBranchName } from '../../model/branch-name.ts';
import type { CronEntry } from '../../model/crontab.ts';
import { isEntryName } from '../../model/entry-name.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Call } from '../command.ts';
import { runSingle } from '../run/single.ts';
import { identifySelf } from '../session.ts';

export interface RunEntryOptions {
  branch?: string;
  environment?: string;
  quiet?: boolean;
}

/** What of an entry counts for a run of it. */
type RunnableEntry = Pick<CronEntry, 'name' | 'branch'>;

/**
 * `git jci cron run <name>`, what the crontab's lines call: runs the tip of the entry's branch, or HEAD, in a temporary
 * worktree. If the run before is still under way this one is left out.
 *
 * Those lines, and only they, give `--environment`: then the line says everything, whatever `.jci/crontab` has become
 * in what is checked out. By hand it is the file that says what the entry is.
 * @returns the exit code of the run.
 */
export async function runEntry(call: Call<RunEntryOptions>): Promise<number> {
  const [name = ''] = call.args;
  const { branch, environment, quiet = false } = call.options;
  if (!isEntryName(name)) throw usageError(`'${name}' is not the name of a cron entry`, { hint: 'git jci cron ls' });
  if (branch !== undefined && !isBranchName(branch)) throw usageError(`--branch: '${branch}' is not a branch name`);
  const ctx = inEnvironment(call.ctx, environment);
  const repo = await openRepository(ctx);
  const written = environment === undefined ? findEntry(repo, name) : undefined;
  const entry = { name, branch: branch ?? written?.branch };
  await requireBranch(repo, entry);
  const lock = await tryLock(join(cronFolder(repo.commonDir), 'locks', name), await identifySelf(ctx), ctx.platform);
  if (!isLocked(lock)) {
    if (!quiet) call.ui.say(`${name} is still running (process ${lock.heldBy.pid}): left out this time`);
    return exitCode.ok;
  }
  try {
    return await startRun(call, ctx, repo, entry);
  } finally {
    lock.release();
  }
}

/** cron starts us with hardly any environment, so git is looked for only after this. */
function inEnvironment(ctx: Context, file: string | undefined): Context {
  return file === undefined ? ctx : { ...ctx, env: withRecordedEnvironment(resolve(ctx.cwd, file), ctx.env) };
}

function findEntry(repo: Repository, name: string): RunnableEntry {
  const entries = readCronEntries(repo) ?? [];
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const known = entries.map((candidate) => candidate.name).join(', ');
  throw refusal(`.jci/crontab has no entry '${name}'`, {
    hint: known === '' ? 'write one into it, for example: 0 3 * * * name:nightly branch:main' : `one of: ${known}`,
  });
}

async function requireBranch(repo: Repository, { name, branch }: RunnableEntry): Promise<void> {
  const [missing] = await missingBranches(repo, [{ branch }]);
  if (missing === undefined) return;
  throw refusal(`cron entry '${name}' is to run branch '${printable(missing)}', and there is no such branch here`, {
    hint: 'see what there is with: git branch --list',
  });
}

function startRun(call: Call<RunEntryOptions>, ctx: Context, repo: Repository, { name, branch }: RunnableEntry): Promise<number> {
  const { quiet = false } = call.options;
  const revision = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const options = { clean: true, trigger: 'cron', job: name, quiet, ...(branch === undefined ? {} : { branch }) };
  return runSingle({ ctx, repo, args: [revision], options, rest: [], ui: call.ui });
}
