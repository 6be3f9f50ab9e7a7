import { findHooksDir, type HooksDir } from '../git/hooks-dir.ts';
import type { Repository } from '../git/repository.ts';
import { adviceFor } from './advice.ts';
import { hookPath, isCurrent, readHookFile } from './hook-file.ts';
import { hookNames, type HookName } from './names.ts';
import { hookText } from './texts.ts';

/**
 * - `installed`: ours, as this git jci would write it;
 * - `outdated`: ours, but an older text, one that starts another git jci, or not executable;
 * - `called`: somebody else's that calls us;
 * - `foreign`: somebody else's that does not;
 * - `absent`.
 */
export type HookState = 'installed' | 'outdated' | 'called' | 'foreign' | 'absent';

export interface HookStatus {
  hook: HookName;
  state: HookState;
  /** Absolute. */
  path: string;
  /** husky and its kin, if it is known who is in charge. */
  manager: string | null;
}

/** The state of every hook that we know. */
export async function listHooks(repo: Repository, self: readonly string[]): Promise<{ dir: HooksDir; hooks: HookStatus[] }> {
  const dir = await findHooksDir(repo);
  return { dir, hooks: hookNames.map((hook) => statusOf(repo, dir, hook, hookText(hook, self))) };
}

function statusOf(repo: Repository, dir: HooksDir, hook: HookName, wanted: string): HookStatus {
  const path = hookPath(dir.path, hook);
  const file = readHookFile(dir.path, hook);
  if (file.kind === 'ours') {
    return { hook, state: isCurrent(file, hook, wanted) ? 'installed' : 'outdated', path, manager: null };
  }
  const { done, manager = null } = adviceFor({ top: repo.cwd, dir, hook, file });
  return { hook, state: done ? 'called' : file.kind, path, manager };
}
