import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { attempt } from './attempt.ts';
import type { Env } from './context.ts';
import { fatalError, messageOf } from './errors.ts';

/**
 * The per-user folder for temporary worktrees, machine-wide slots and what is cheap to find out again.
 *
 * Variables that are empty or relative count as unset, as the XDG base directory specification says. Never a folder that
 * others can make before us, such as one below /tmp: what stands in a temporary worktree is executed.
 * @throws JciError (128) for a user without a home.
 */
export function userCacheRoot(env: Env): string {
  const root = findUserCache(env);
  if (root === undefined) throw fatalError('this user has no home folder, and so no cache folder', { hint: cacheHint });
  return root;
}

/** The same for what can do without it; `undefined` for a user without a home. */
export function findUserCache({ XDG_CACHE_HOME: cache, HOME: home }: Env): string | undefined {
  if (isUsable(cache)) return join(cache, 'git-jci');
  const found = isUsable(home) ? home : passwdHome();
  return found === undefined ? undefined : join(found, '.cache', 'git-jci');
}

/**
 * For what cannot be done without it.
 * @param what as in "no temporary worktree".
 * @param cause the system error.
 */
export const noUserCache = (what: string, cause: Error): Error =>
  fatalError(`${what} can be kept in the cache folder: ${messageOf(cause)}`, { hint: cacheHint, cause });

/** What helps when the cache folder cannot be used. */
const cacheHint = 'set XDG_CACHE_HOME to a folder that you may write to';

const isUsable = (path: string | undefined): path is string => path !== undefined && isAbsolute(path);

function passwdHome(): string | undefined {
  let home: string | undefined;
  // A uid may have no entry, as in containers.
  attempt(() => {
    home = userInfo().homedir;
  });
  return isUsable(home) ? home : undefined;
}
