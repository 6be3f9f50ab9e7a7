import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSystemError } from '../base/errors.ts';
import type { FileLock } from '../locks/file-lock.ts';
import { isLocked, tryLock } from '../locks/file-lock.ts';
import { waitForLock } from '../locks/wait-for-lock.ts';
import type { Repository } from '../git/repository.ts';
import { findLfsPointers } from '../git/lfs.ts';
import { updateSubmodules } from '../git/submodules.ts';
import { addWorktree, isSparse, removeWorktree, resetWorktree } from '../git/worktree.ts';
import type { SharedPath } from '../model/record.ts';
import { listActiveRuns } from '../store/active-run.ts';
import { noUserCache, userCacheRoot } from '../base/user-cache.ts';
import type { RunRequest } from './request.ts';
import { sharePaths } from './share-paths.ts';

/** A temporary worktree, ours until released. */
export interface BorrowedWorktree extends FileLock {
  path: string;
  shared: SharedPath[];
  /** Sentences: what is not in it as it should be. */
  notes: string[];
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
  for (let first = 0; ; first += 1) {
    const place = await freePlace(repo, pool, request, first).catch((error: unknown) => {
      throw isSystemError(error) ? noUserCache('no temporary worktree', error) : error;
    });
    const { path, lock } = place;
    try {
      if (await checkOut(repo, request, path)) {
        await updateSubmodules(repo, path, request.gitConfig);
        const shared = await sharePaths(repo, path, request.settings.share);
        const notes = pointerNotes(await findLfsPointers(repo, path, request.gitConfig));
        return { path, shared, notes, release: () => lock.release() };
      }
    } catch (error) {
      lock.release();
      throw error;
    }
    lock.release();
    first = place.number;
  }
}

const pointersShown = 5;

function pointerNotes(pointers: readonly string[]): string[] {
  const [count, more] = [pointers.length, pointers.length - pointersShown];
  if (count === 0) return [];
  const names = `${pointers.slice(0, pointersShown).map((path) => `'${path}'`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const what = count === 1 ? '1 file is a git-lfs pointer, without its content' : `${count} files are git-lfs pointers, without their content`;
  return [`${what}: ${names}; git-lfs is not set up here (git lfs install) or was told to skip (GIT_LFS_SKIP_SMUDGE)`];
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
  first: number,
): Promise<{ path: string; number: number; lock: FileLock }> {
  mkdirSync(pool, { recursive: true, mode: 0o700 });
  const taken = new Set(listActiveRuns(repo.commonDir).map(({ workTree }) => workTree));
  for (let number = first; ; number += 1) {
    const path = join(pool, String(number));
    if (taken.has(path)) continue;
    const lock = await tryLock(`${path}.lock`, request.self, repo.ctx.platform);
    if (isLocked(lock)) return { path, number, lock };
  }
}

/**
 * A worktree that cannot be reset (half made, its git files are gone, folders that are read-only, made sparse by a script)
 * is made again.
 * @returns false when something is in the way that cannot be removed.
 */
async function checkOut(repo: Repository, request: RunRequest, path: string): Promise<boolean> {
  const { commit } = request.facts;
  if (existsSync(join(path, '.git')) && !isSparse(repo, path) && (await tryReset(repo, path, commit))) return true;
  if (!(await tryMake(repo, request, path))) return false;
  await resetWorktree(repo, path, commit);
  return true;
}

/** Makes a worktree without its files, while nobody else makes or removes one. */
async function tryMake(repo: Repository, { self, facts }: RunRequest, path: string): Promise<boolean> {
  const lock = await waitForLock([join(dirname(path), 'making.lock')], self, repo.ctx.platform);
  try {
    if (existsSync(path) && (await removeWorktree(repo, path)) !== undefined) return false;
    await addWorktree(repo, path, facts.commit);
    return true;
  } finally {
    lock.release();
  }
}

async function tryReset(repo: Repository, path: string, commit: string): Promise<boolean> {
  try {
    await resetWorktree(repo, path, commit);
    return true;
  } catch {
    // Whatever git could not do: the worktree is made again.
    return false;
  }
}
