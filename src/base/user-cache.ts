import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Env } from './context.ts';
import { fatalError } from './errors.ts';

/**
 * The per-user folder for temporary worktrees, machine-wide slots and what is cheap to find out again.
 *
 * Variables that are empty or relative count as unset, as the XDG base directory specification says. Never a folder that
 * others can make before us, such as one below /tmp: what stands in a temporary worktree is executed.
 * @throws JciError (128) for a user without a home.
 */
export function userCacheRoot(env: Env): string {
  const { XDG_CACHE_HOME: cache, HOME: home } = env;
  if (isUsable(cache)) return join(cache, 'git-jci');
  return join(isUsable(home) ? home : passwdHome(), '.cache', 'git-jci');
}

const isUsable = (path: string | undefined): path is string => path !== undefined && isAbsolute(path);

function passwdHome(): string {
  try {
    const { homedir } = userInfo();
    if (isUsable(homedir)) return homedir;
  } catch {
    // A uid without an entry, as containers have it.
  }
  throw fatalError('there is no home folder to keep temporary worktrees in', { hint: 'set HOME, or XDG_CACHE_HOME' });
}
