import type { Context } from '../base/context.ts';
import { fatalError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { identifyProcess, type ProcessId } from '../proc/process-id.ts';
import { hasActiveRuns } from '../store/active-run.ts';
import { findObstacles } from '../store/obstacles.ts';
import { closedFolder, mendingCommand } from '../store/store-folder.ts';
import type { Ui } from './render/ui.ts';

/** This process, as active records and locks name it. */
export async function identifySelf(ctx: Context): Promise<ProcessId> {
  const self = await identifyProcess(ctx.pid, ctx.platform);
  if (self === undefined) throw fatalError('this process cannot be told apart from others: /proc or ps is not available');
  return self;
}

/**
 * Stores what runs left behind whose git jci was killed, and says so. Every command that looks at runs calls it first.
 */
export async function recoverRuns(repo: Repository, ui: Ui): Promise<void> {
  const closed = closedFolder(repo.commonDir);
  if (closed !== undefined) {
    ui.warn(`${closed} belongs to another user: runs in it are not seen`);
    ui.say(`hint: ${mendingCommand(repo)}`);
  }
  const obstacles = findObstacles(repo.commonDir);
  if (obstacles.length > 0) {
    ui.warn(`not what git jci has there: ${obstacles.join(', ')}`);
    ui.say('hint: git jci doctor --fix');
  }
  if (!hasActiveRuns(repo.commonDir)) return;
  const { recoverDeadRuns } = await import('../run/recover.ts');
  const self = await identifySelf(repo.ctx);
  for (const { message, hint, result } of await recoverDeadRuns(repo, self)) {
    if (result === 'failed') ui.warn(message);
    else ui.say(ui.err.dim(message));
    if (hint !== undefined) ui.say(`hint: ${hint}`);
  }
}
