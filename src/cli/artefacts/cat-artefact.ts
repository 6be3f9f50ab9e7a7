import { refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { streamBlob } from '../../git/objects.ts';
import { printable } from '../../output/terminal-text.ts';
import { findStoredRun } from '../../store/find-run.ts';
import { findFile } from '../../store/read-result.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';

/** `git jci cat <run> <path>`. @returns the exit code. */
export async function catArtefact({ repo, ctx, ui, args }: Call<unknown>): Promise<number> {
  const [text, path = ''] = args;
  await recoverRuns(repo, ui);
  const run = await findStoredRun(repo, text, (other) => `git jci cat ${other} ${printable(path)}`);
  const file = await findFile(repo, run, path);
  if (file === undefined) {
    throw refusal(`run ${run.runId} has no artefact '${printable(path)}'`, { hint: `see what it has with: git jci show ${run.runId}` });
  }
  await streamBlob(repo, file.id, async (chunk) => {
    ctx.stdout.write(chunk);
    await ctx.stdout.drained();
    return !ctx.stdout.closed;
  });
  return exitCode.ok;
}
