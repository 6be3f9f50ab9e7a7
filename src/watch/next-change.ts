import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { differences, readState, type WatchedState, type WatchScope } from './state.ts';
import { watchFolders } from './watch-folders.ts';

/** Editors write a file in several steps, and a branch switch changes hundreds: wait until it has been quiet for so long. */
const quietMs = 150;

/**
 * Waits for the next real change: of a file that git tracks or would, in time, size, mode or existence, or of HEAD's commit.
 *
 * What git ignores costs nothing and holds up nothing.
 * @param before what `readState` gave when the last run began: a change since then counts too.
 * @returns the new state.
 * @throws the signal's reason when it is aborted.
 */
export async function nextChange(repo: Repository, scope: WatchScope, before: WatchedState, signal: AbortSignal): Promise<WatchedState> {
  const gitFolders = foldersOfHead(repo);
  for (let known = await readState(repo, scope); ; ) {
    const { folders, ignored } = known;
    const watcher = watchFolders([...gitFolders, ...folders], (path) => !ignored.has(path) && matters(repo, path));
    try {
      const now = await readState(repo, scope);
      known = now;
      // A folder that was made meanwhile is not watched yet.
      if (now.folders.join('\0') !== folders.join('\0')) continue;
      const changed = differences(before, now).length > 0;
      const moved = await watcher.quiet(quietMs, !changed, signal);
      if (changed && !moved) return now;
    } finally {
      watcher.close();
    }
  }
}

/** Where git leaves a trace of every move of HEAD: a lock file beside it, or reftable's files. */
const foldersOfHead = ({ gitDir, commonDir }: Repository): string[] =>
  [...new Set([gitDir, join(gitDir, 'reftable'), join(commonDir, 'reftable')])].filter((path) => existsSync(path));

/** Most of what is written into the git directory has nothing to do with HEAD. */
const matters = ({ gitDir }: Repository, path: string): boolean => dirname(path) !== gitDir || basename(path).startsWith('HEAD');
