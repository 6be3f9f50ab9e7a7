import { constants, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { isSystemError, usageError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { SharedPath } from '../model/record.ts';
import { command } from '../proc/command.ts';

/**
 * Makes untracked paths of the user's working tree (`node_modules`, `.venv`) available in a temporary worktree: as a
 * copy where the file system can share the blocks (copy-on-write), else as a link.
 *
 * Paths that are missing, or tracked in the commit, are left out.
 * @throws JciError (usage) for a path that leads out of the repository.
 */
export async function sharePaths(repo: Repository, worktree: string, paths: readonly string[]): Promise<SharedPath[]> {
  const shared: SharedPath[] = [];
  for (const path of paths) {
    checkPath(path);
    const source = join(repo.workTree ?? '', path);
    const target = join(worktree, path);
    if (repo.workTree === undefined || !existsSync(source) || isThere(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    shared.push({ path, how: await share(repo, source, target) });
  }
  return shared;
}

function checkPath(path: string): void {
  const clean = normalize(path);
  if (isAbsolute(path) || clean === '.' || clean.startsWith('..') || /^\.git(?:\/|$)/i.test(clean)) {
    throw usageError(`jci.share: '${path}' is not a path inside the repository`);
  }
}

async function share(repo: Repository, source: string, target: string): Promise<SharedPath['how']> {
  if (canClone(source, target) && (await clone(repo, source, target))) return 'copy';
  symlinkSync(source, target);
  return 'link';
}

/** Tried with one file: `cp` would go on, and fail, with each of them. */
function canClone(source: string, target: string): boolean {
  try {
    const file = firstFile(source);
    if (file !== undefined) copyFileSync(file, target, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch (error) {
    // The file system cannot, there are two of them, or it may not be read: a link will do.
    if (isSystemError(error)) return false;
    throw error;
  } finally {
    rmSync(target, { force: true });
  }
}

/** `undefined` where there are folders and links only. */
function firstFile(path: string): string | undefined {
  const stat = lstatSync(path);
  if (stat.isFile()) return path;
  if (!stat.isDirectory()) return undefined;
  for (const entry of readdirSync(path)) {
    const file = firstFile(join(path, entry));
    if (file !== undefined) return file;
  }
  return undefined;
}

async function clone(repo: Repository, source: string, target: string): Promise<boolean> {
  const args = repo.ctx.platform === 'darwin' ? ['-cR'] : ['-a', '--reflink=always'];
  const copied = await command('cp', [...args, '--', source, target], { env: repo.ctx.env });
  // A copy that failed half-way would be taken for the real thing.
  if (copied.exitCode !== 0) await command('rm', ['-rf', '--', target], { env: repo.ctx.env });
  return copied.exitCode === 0;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
