import { loadSettings } from '../../config/load.ts';
import { JciError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { getCommitOrHead } from '../../git/revisions.ts';
import { runRefPrefix } from '../../model/run-ref.ts';
import { verdictOf } from '../../store/verdict.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { recoverRuns } from '../session.ts';
import { verdictSentence } from './verdict-sentence.ts';

export interface StatusOptions {
  porcelain?: boolean;
  prompt?: boolean;
  json?: boolean;
}

const codes = { passed: exitCode.ok, failed: exitCode.failed, none: exitCode.refused, running: exitCode.running } as const;

/** `git jci status [<rev>]`. @returns the verdict as an exit code. */
export async function showStatus(call: Call<StatusOptions>): Promise<number> {
  try {
    const repo = await openRepository(call.ctx, runRefPrefix);
    return await tellVerdict(call, repo);
  } catch (error) {
    // A prompt is shown everywhere: also where there is no repository or no commit.
    if (call.options.prompt === true && error instanceof JciError) return error.exitCode;
    throw error;
  }
}

async function tellVerdict(call: Call<StatusOptions>, repo: Repository): Promise<number> {
  const { ctx, ui, args, options } = call;
  await recoverRuns(repo, ui);
  const [facts, { settings }] = await Promise.all([getCommitOrHead(repo, args[0]), loadSettings(repo)]);
  const verdict = await verdictOf(repo, facts, settings);
  const run = 'run' in verdict ? verdict.run : undefined;
  if (ui.json) ui.printJson({ version: 1, verdict: verdict.verdict, commit: facts.commit, tree: facts.tree, run: run ?? null });
  else if (options.porcelain === true) ui.print(run === undefined ? verdict.verdict : `${verdict.verdict} ${run.runId}`);
  else if (options.prompt === true) ui.print(statusSymbol(verdict.verdict, ctx, ui.out));
  else ui.print(`${statusSymbol(verdict.verdict, ctx, ui.out)} ${verdictSentence(verdict, facts.commit, args[0])}`);
  return codes[verdict.verdict];
}
