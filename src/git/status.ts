import type { ObjectId } from '../model/object-id.ts';
import { git } from './exec.ts';
import { indexStamp } from './index-stamp.ts';
import type { Repository } from './repository.ts';
import { listUnseenChanges, type UnseenChanges } from './unseen-changes.ts';

/** The working tree against HEAD. */
export interface WorkTreeState {
  /** HEAD's commit; `undefined` on a branch without one. */
  commit: ObjectId | undefined;
  /** `undefined` when HEAD is detached. */
  branch: string | undefined;
  /** Changed, staged or untracked paths; submodules count when their commit or content changed. */
  changes: string[];
  /** Those of them that `git status` says nothing of, since it was told not to look. */
  unseen: string[];
  /** The index (`indexStamp`), if `git status` says everything of it. */
  plainIndex: string | undefined;
}

/**
 * Reads HEAD, branch and changes with two git processes side by side. Ignored files do not count; submodules do, also where .gitmodules tells
 * git to ignore them: the script sees what is in them.
 * @param plainIndex what an earlier state has said: while the index is that one, one process is enough.
 */
export async function readWorkTreeState(repo: Repository, plainIndex?: string): Promise<WorkTreeState> {
  const args = ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=normal', '--ignore-submodules=none', '--no-renames'];
  const stamp = indexStamp(repo);
  const looking = stamp === plainIndex ? Promise.resolve(nothingUnseen) : listUnseenChanges(repo);
  // Where both fail it is `git status` that is told of.
  looking.catch(() => undefined);
  const status = await git(repo, args);
  const { changes: unseen, isPlain } = await looking;
  const state: WorkTreeState = { commit: undefined, branch: undefined, changes: [...unseen], unseen, plainIndex: isPlain ? stamp : undefined };
  for (const line of status.toString('utf8').split('\0')) {
    if (line.startsWith('# branch.oid ')) state.commit = line.endsWith(' (initial)') ? undefined : line.slice(13);
    else if (line.startsWith('# branch.head ')) state.branch = line.endsWith(' (detached)') ? undefined : line.slice(14);
    else if (line !== '' && !line.startsWith('# ')) state.changes.push(pathOf(line));
  }
  return state;
}

const nothingUnseen: UnseenChanges = { changes: [], isPlain: true };

/** How many words stand before the path: those of a change, of a conflict, of an untracked file. */
const wordsBefore: Readonly<Record<string, number>> = { 1: 8, u: 10, '?': 1 };

const pathOf = (line: string): string => line.split(' ').slice(wordsBefore[line.charAt(0)] ?? 1).join(' ');
