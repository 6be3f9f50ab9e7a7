import { git } from './exec.ts';
import type { Repository } from './repository.ts';

/** The working tree against HEAD. */
export interface WorkTreeState {
  /** `undefined` when HEAD is detached. */
  branch: string | undefined;
  /** Changed, staged or untracked paths; submodules count when their commit or content changed. */
  changes: number;
}

/**
 * Reads branch and changes with one git process. Ignored files do not count; submodules do, also where .gitmodules tells
 * git to ignore them: the script sees what is in them.
 */
export async function readWorkTreeState(repo: Repository): Promise<WorkTreeState> {
  const args = ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=normal', '--ignore-submodules=none', '--no-renames'];
  const state: WorkTreeState = { branch: undefined, changes: 0 };
  const output = await git(repo, args);
  for (const line of output.toString('utf8').split('\0')) {
    if (line.startsWith('# branch.head ')) state.branch = line.endsWith(' (detached)') ? undefined : line.slice(14);
    else if (line !== '' && !line.startsWith('# ')) state.changes += 1;
  }
  return state;
}

