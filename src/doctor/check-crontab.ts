import type { Context } from '../base/context.ts';
import { JciError } from '../base/errors.ts';
import { findDeadLines, removeDeadLines, type DeadLine } from '../cron/dead-lines.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { fine, type Finding } from './finding.ts';

const check = 'crontab';

/** Lines of ours in the user's crontab that start runs of repositories that were moved or deleted, or whose disk is not there. */
export async function checkCrontab(ctx: Context, self: ProcessId): Promise<Finding[]> {
  let dead: DeadLine[];
  try {
    dead = await findDeadLines(ctx);
  } catch (error) {
    // No cron on this machine, or not for this user: then nothing of ours is in it.
    if (!(error instanceof JciError)) throw error;
    return [fine(check, error.message)];
  }
  if (dead.length === 0) return [fine(check, 'no lines of repositories that are gone')];
  const away = dead.filter(({ mayReturn }) => mayReturn);
  const gone = dead.filter(({ mayReturn }) => !mayReturn);
  return [...(gone.length === 0 ? [] : [tellGone(gone, ctx, self)]), ...(away.length === 0 ? [] : [tellAway(away)])];
}

const tellGone = (lines: readonly DeadLine[], ctx: Context, self: ProcessId): Finding => ({
  check,
  state: 'advice',
  message: `${count(lines)} for repositories that are gone: ${named(lines)}`,
  hint: '--fix removes them; where a repository was moved to, git jci cron sync installs them again',
  fix: async () => `removed ${await removeDeadLines(ctx, self)}`,
});

const tellAway = (lines: readonly DeadLine[]): Finding => ({
  check,
  state: 'advice',
  message: `${count(lines)} for repositories that are gone, or whose disk is not mounted: ${named(lines)}`,
  hint: '--fix leaves them, since the folder above is empty or missing too; remove them with: crontab -e',
});

const count = ({ length }: readonly DeadLine[]): string => `${length} ${length === 1 ? 'line' : 'lines'}`;

function named(lines: readonly DeadLine[]): string {
  const shown = lines.slice(0, 3).map(({ folder, name }) => `${folder} [${name}]`).join(', ');
  return lines.length > 3 ? `${shown}, ...` : shown;
}
