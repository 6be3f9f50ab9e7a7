import { exitCode } from '../../base/exit-codes.ts';
import { loadSettings } from '../../config/load.ts';
import { getCommitOrHead } from '../../git/revisions.ts';
import { badgeSvg } from '../../page/badge.ts';
import { verdictOf } from '../../store/verdict.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';

export interface BadgeOptions {
  label?: string;
}

/** `git jci badge [<branch>]`. @returns the exit code. */
export async function printBadge({ repo, ctx, ui, args, options }: Call<BadgeOptions>): Promise<number> {
  await recoverRuns(repo, ui);
  const [facts, { settings }] = await Promise.all([getCommitOrHead(repo, args[0]), loadSettings(repo)]);
  const { verdict } = await verdictOf(repo, facts, settings);
  ctx.stdout.write(badgeSvg(options.label ?? 'ci', verdict));
  return exitCode.ok;
}
