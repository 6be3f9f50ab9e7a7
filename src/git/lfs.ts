import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import type { GitConfig } from './config.ts';
import { gitEnvironment } from './environment.ts';
import { git, tryGit, type GitPlace } from './exec.ts';
import { readFlags } from './pack/read-file.ts';
import type { Repository } from './repository.ts';

const pointerStart = 'version https://git-lfs.github.com/spec/';

/**
 * The files of a worktree that should have content of git-lfs, and have only its pointers: git checks those out without a
 * word where git-lfs is not set up, or is told to skip.
 *
 * Files that are pointers from an earlier time, before git-lfs was set up, are checked out again.
 * @returns their paths.
 */
export async function findLfsPointers(repo: Repository, worktree: string, config: GitConfig): Promise<string[]> {
  const place: GitPlace = { ctx: repo.ctx, cwd: worktree, env: gitEnvironment(repo.ctx.env) };
  if (!(await mentionsLfs(place))) return [];
  const paths = await listPaths(place, ':(attr:filter=lfs)');
  const pointers = paths.filter((path) => isPointer(join(worktree, path)));
  if (pointers.length === 0 || !canSmudge(repo, config)) return pointers;
  for (const path of pointers) rmSync(join(worktree, path));
  await tryGit(place, ['checkout', '--quiet', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'], { input: pointers.join('\0') });
  return pointers.filter((path) => isPointer(join(worktree, path)));
}

/** Matching the attribute opens a file in every folder: first see whether there is anything to match. */
async function mentionsLfs(place: GitPlace): Promise<boolean> {
  const paths = await listPaths(place, ':(glob)**/.gitattributes');
  return paths.some((path) => startOf(join(place.cwd, path), longestAttributes).includes('filter=lfs'));
}

async function listPaths(place: GitPlace, pathspec: string): Promise<string[]> {
  const output = await git(place, ['ls-files', '-z', '--', pathspec]);
  return output.toString('utf8').split('\0').filter(Boolean);
}

const canSmudge = (repo: Repository, config: GitConfig): boolean =>
  (config.has('filter.lfs.process') || config.has('filter.lfs.smudge')) && !['1', 'true'].includes(repo.env['GIT_LFS_SKIP_SMUDGE'] ?? '');

const isPointer = (path: string): boolean => startOf(path, pointerStart.length) === pointerStart;

const longestAttributes = 1024 * 1024;

/** The first bytes of a file; nothing for a link, which git follows neither. */
function startOf(path: string, bytes: number): string {
  try {
    const fd = openSync(path, readFlags);
    try {
      const head = Buffer.alloc(bytes);
      return head.toString('latin1', 0, readSync(fd, head));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // A tracked file that is not there: a sparse checkout, or a name that is not UTF-8.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EMLINK')) return '';
    throw error;
  }
}
