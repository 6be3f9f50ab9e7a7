import { findRun } from '../../store/find-run.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import type { RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci rerun [<run>]`. @returns the exit code of the new run. */
export async function rerun(call: Call<RunOptions>): Promise<number> {
  await recoverRuns(call.repo, call.ui);
  const { run } = await findRun(call.repo, call.args[0]);
  // Not a spread of the call: its repository is looked up when it is asked for.
  const { ctx, repo, rest, ui } = call;
  return runSingle({ ctx, repo, rest, ui, args: [run.commit], options: { ...call.options, clean: true, rerunOf: run.runId } });
}
