import type { Repository } from '../git/repository.ts';
import { isHeld } from '../proc/held-pipe.ts';
import { isAlive } from '../proc/process-id.ts';
import type { ActiveRun } from './active-run.ts';
import { activeFiles, activeFolder } from './paths.ts';
import { isAtHome } from './run-home.ts';

/**
 * True while the git jci of a run lives. On another host of a shared repository that cannot be known: there it counts as alive.
 *
 * By the pipe that it holds, as containers on one machine may have the same host name and see none of each other's
 * processes; by its pid only where that says nothing. In a copy of the repository no run of the original lives.
 */
export async function isRunAlive(repo: Repository, run: ActiveRun): Promise<boolean> {
  if (run.host !== repo.ctx.host) return true;
  if (!isAtHome(run, repo.commonDir)) return false;
  return isHeld(activeFiles(activeFolder(repo.commonDir, run)).life) ?? isAlive(run.owner, repo.ctx.platform);
}
