import { basename, dirname, join, relative, resolve } from 'node:path';
import { readConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import { storeRoot } from '../store/paths.ts';
import type { InstallSite } from './installed-line.ts';

/** Our own files about cron, in the git directory that all worktrees share. */
export const cronFolder = (commonDir: string): string => join(storeRoot(commonDir), 'cron');

/** Where the environment for the jobs is kept. */
export const environmentPath = (commonDir: string): string => join(cronFolder(commonDir), 'environment.json');

/** What the crontab lines of this repository are made of. */
export async function findInstallSite(repo: Repository, self: readonly string[]): Promise<InstallSite> {
  const root = await findMainRoot(repo);
  const folder = isMain(repo) || root === repo.commonDir ? (repo.workTree ?? root) : root;
  const path = environmentPath(repo.commonDir);
  const inside = relative(folder, path);
  return { root, folder, self, environmentFile: inside.startsWith('..') ? path : inside };
}

/**
 * The root of the main working tree, the same from every worktree; the git directory itself if the main one is bare or
 * git does not tell where it is (`--separate-git-dir`).
 */
async function findMainRoot(repo: Repository): Promise<string> {
  if (isMain(repo) && repo.workTree !== undefined && repo.commonDir === join(repo.workTree, '.git')) return repo.workTree;
  const config = await readConfig(repo);
  // Submodules have it.
  const configured = config.get('core.worktree')?.at(-1);
  if (configured !== undefined) return resolve(repo.commonDir, configured);
  const bare = config.get('core.bare')?.at(-1) === 'true';
  return basename(repo.commonDir) === '.git' && !bare ? dirname(repo.commonDir) : repo.commonDir;
}

const isMain = (repo: Repository): boolean => repo.gitDir === repo.commonDir;
