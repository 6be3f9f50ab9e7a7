import { operationInProgress } from '../git/in-progress.ts';
import type { Repository } from '../git/repository.ts';

/**
 * True when a hook has nothing to say: the commits that a rebase, `git am`, a bisection or a sequence of cherry-picks makes or
 * visits are nobody's work yet, and what a script of ours does with git is part of its own run.
 */
export const isQuiet = (repo: Repository): boolean =>
  repo.ctx.env['JCI_RUN_ID'] !== undefined || operationInProgress(repo.gitDir) !== undefined;
