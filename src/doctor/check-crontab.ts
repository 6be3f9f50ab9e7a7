import type { Context } from '../base/context.ts';
import { JciError } from '../base/errors.ts';
import { findDeadLines, removeDeadLines, type DeadLine } from '../cron/dead-lines.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { fine, type Finding } from './finding.ts';

/** Lines of ours in the user's crontab that start runs of repositories that were moved or deleted. */
export async function checkCrontab(ctx: Context, self: ProcessId): Promise<Finding> {
  const check = 'crontab';
  let dead: DeadLine[];
  try {
    dead = await findDeadLines(ctx);
  } catch (error) {
    // No cron on this machine, or not for this user: then nothing of ours is in it.
    if (!(error instanceof JciError)) throw error;
    return fine(check, error.message);
  }
  if (dead.length === 0) return fine(check, 'no lines of repositories that are gone');
  const shown = dead.slice(0, 3).map(({ folder, name }) => `${folder} [${name}]`).join(', ');
  return {
    check,
    state: 'advice',
    message: `${dead.length} ${dead.length === 1 ? 'line' : 'lines'} for repositories that are gone: ${shown}${dead.length > 3 ? ', ...' : ''}`,
    hint: '--fix removes them; where a repository was moved to, git jci cron sync installs them again',
    fix: async () => `removed ${await removeDeadLines(ctx, self)}`,
  };
}
