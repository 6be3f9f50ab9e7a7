import type { Repository } from '../../git/repository.ts';
import { isBranchName } from '../../model/branch-name.ts';
import type { FoundRun } from '../../store/all-runs.ts';
import { findRun } from '../../store/find-run.ts';
import { readSummaries } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import type { RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci rerun [<run>]`: the same commit again, of the same branch. @returns the exit code of the new run. */
export async function rerun(call: Call<RunOptions>): Promise<number> {
  await recoverRuns(call.repo, call.ui);
  const found = await findRun(call.repo, call.args[0], () => ['git jci run', ...call.args.map((rev) => rev.replace(/:\d+$/, ''))].join(' ').trimEnd());
  const branch = await branchOfRun(call.repo, found);
  // Not a spread of the call: its repository is looked up when it is asked for.
  const { ctx, repo, rest, ui } = call;
  const { commit, runId } = found.run;
  const options = { ...call.options, clean: true, rerunOf: runId, ...(branch === undefined ? {} : { branch }) };
  return runSingle({ ctx, repo, rest, ui, args: [commit], options });
}

/** `undefined` where the run did not know, and for what somebody else wrote there that is no name. */
async function branchOfRun(repo: Repository, { kind, run }: FoundRun): Promise<string | undefined> {
  const branch = kind === 'live' ? run.branch : (await readSummaries(repo, [run])).get(run.result)?.branch;
  return typeof branch === 'string' && isBranchName(branch) ? branch : undefined;
}
