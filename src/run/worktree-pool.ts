import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileLock } from '../locks/file-lock.ts';
import { isLocked, tryLock } from '../locks/file-lock.ts';
import type { Repository } from '../git/repository.ts';
import { updateSubmodules } from '../git/submodules.ts';
import { addWorktree, removeWorktree, resetWorktree } from '../git/worktree.ts';
import type { SharedPath } from '../model/record.ts';
import { listActiveRuns } from '../store/active-run.ts';
import { userCacheRoot } from '../base/user-cache.ts';
import type { RunRequest } from './request.ts';
import { sharePaths } from './share-paths.ts';

/** A temporary worktree, ours until released. */
export interface BorrowedWorktree extends FileLock {
  path: string;
  shared: SharedPath[];
}

/**
 * Borrows a temporary worktree of exactly the commit that is asked for.
 *
 * They stand in the user's cache folder (inside the repository they would find the user's own node_modules), one folder
 * per repository, and are kept: bringing one to another commit costs what differs, making one costs every file.
 * @throws JciError (3, 128) when none can be made.
 */
export async function borrowWorktree(repo: Repository, request: RunRequest): Promise<BorrowedWorktree> {
  const pool = poolFolder(repo);
  mkdirSync(pool, { recursive: true, mode: 0o700 });
  const { path, lock } = await freePlace(repo, pool, request);
  try {
    await checkOut(repo, path, request.facts.commit);
    await updateSubmodules(repo, path);
    const shared = await sharePaths(repo, path, request.settings.share);
    return { path, shared, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Where the worktrees of this repository stand. */
export function poolFolder(repo: Repository): string {
  const name = createHash('sha256').update(repo.commonDir).digest('hex').slice(0, 16);
  return join(userCacheRoot(repo.ctx.env), 'worktrees', name);
}

/** The first place that nobody uses. One that holds the output of a run that died is left alone until that is stored. */
async function freePlace(
  repo: Repository,
  pool: string,
  request: RunRequest,
): Promise<{ path: string; lock: FileLock }> {
  const taken = new Set(listActiveRuns(repo.commonDir).map(({ workTree }) => workTree));
  for (let number = 0; ; number += 1) {
    const path = join(pool, String(number));
    if (taken.has(path)) continue;
    const lock = await tryLock(`${path}.lock`, request.self, repo.ctx.platform);
    if (isLocked(lock)) return { path, lock };
  }
}

/** A worktree that cannot be reset (half made, or its git files are gone) is made again. */
async function checkOut(repo: Repository, path: string, commit: string): Promise<void> {
  if (existsSync(join(path, '.git'))) {
    try {
      await resetWorktree(repo, path, commit);
      return;
    } catch {
      await removeWorktree(repo, path);
    }
  }
  await addWorktree(repo, path, commit);
}
