import { join } from 'node:path';
import type { Env } from './context.ts';

/** The per-user folder for temporary worktrees, machine-wide slots and what is cheap to find out again. */
export function userCacheRoot(env: Env): string {
  const base = env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? '/tmp', '.cache');
  return join(base, 'git-jci');
}
