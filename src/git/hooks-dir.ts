import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { gitText, tryGit } from './exec.ts';
import type { Repository } from './repository.ts';

/** Where git looks for the hooks of a repository. */
export interface HooksDir {
  /** Absolute; need not exist. */
  path: string;
  /** What `core.hooksPath` says, as it is written. */
  configured: string | undefined;
  /**
   * Whose folder that is, links followed: this repository's own; files that are committed and shared with everybody
   * (husky and its kin); or elsewhere, where it serves other repositories too.
   */
  where: 'repository' | 'work tree' | 'elsewhere';
}

/**
 * Asks git, which knows about `core.hooksPath`, `~` in it, and linked worktrees.
 * @throws JciError (128) for a `core.hooksPath` that git cannot use.
 */
export async function findHooksDir(repo: Repository): Promise<HooksDir> {
  // A relative core.hooksPath is meant from where hooks run: the top of the working tree, which is where repo.cwd is.
  const [path, configured] = await Promise.all([
    gitText(repo, ['rev-parse', '--path-format=absolute', '--git-path', 'hooks']),
    tryGit(repo, ['config', '--get', 'core.hooksPath']),
  ]);
  const isSet = configured.exitCode === 0;
  return {
    path,
    configured: isSet ? configured.stdout.toString('utf8').replace(/\n$/, '') : undefined,
    where: whose(repo, realPath(path)),
  };
}

function whose(repo: Repository, path: string): HooksDir['where'] {
  // The git directory usually lies inside the working tree, so it is asked about first.
  if ([repo.commonDir, repo.gitDir].some((folder) => isInside(path, realPath(folder)))) return 'repository';
  if (repo.workTree !== undefined && isInside(path, realPath(repo.workTree))) return 'work tree';
  return 'elsewhere';
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** Follows links as far as the path exists: the folder may be yet to be made. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR') || dirname(path) === path) throw error;
    return join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}
