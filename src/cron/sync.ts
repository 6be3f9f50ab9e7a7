import { join } from 'node:path';
import type { Context } from '../base/context.ts';
import { isSystemError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { FileLock } from '../locks/file-lock.ts';
import { waitForLock } from '../locks/wait-for-lock.ts';
import type { CronEntry } from '../model/crontab.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { noUserCache, userCacheRoot } from '../base/user-cache.ts';
import { editCrontab, type LineChange } from './edit-crontab.ts';
import { forgetEnvironment, recordEnvironment } from './environment.ts';
import { environmentPath, findInstallSite } from './install-site.ts';
import { installedLine } from './installed-line.ts';
import { readCrontab, writeCrontab } from './system-crontab.ts';

export interface SyncResult {
  changes: LineChange[];
  /** The environment for the jobs is another one than before. */
  environmentChanged: boolean;
}

/**
 * Makes the user's crontab run exactly these entries of this repository: none of them removes its lines.
 *
 * Writes nothing if nothing changes. All `git jci` of a user take turns, whichever the repository; other programs that
 * edit the crontab at the same moment cannot be kept out, since cron has no lock to share.
 * @param self the words that start git jci; `process` this very one.
 * @throws JciError (3) when cron refuses or a line cannot be made: the crontab is as it was then.
 */
export async function syncCrontab(
  repo: Repository,
  entries: readonly CronEntry[],
  self: readonly string[],
  process: ProcessId,
): Promise<SyncResult> {
  const site = await findInstallSite(repo, self);
  const wanted = new Map(entries.map((entry) => [entry.name, installedLine(entry, site)]));
  const path = environmentPath(repo.commonDir);
  const lock = await lockCrontab(repo.ctx, process);
  try {
    // Before the lines that need it, and gone after them.
    const environmentChanged = wanted.size > 0 && recordEnvironment(path, repo.ctx.env);
    const before = await readCrontab(repo.ctx);
    const { crontab, changes } = editCrontab(before, site.root, wanted);
    if (crontab !== before) await writeCrontab(repo.ctx, crontab);
    if (wanted.size === 0) forgetEnvironment(path);
    return { changes, environmentChanged };
  } finally {
    lock.release();
  }
}

/** What every `git jci` of a user holds while it edits the crontab. @throws JciError (128) where no lock can be kept. */
export async function lockCrontab({ env, platform }: Context, process: ProcessId): Promise<FileLock> {
  try {
    return await waitForLock([join(userCacheRoot(env), 'locks', 'crontab')], process, platform);
  } catch (error) {
    throw isSystemError(error) ? noUserCache('no lock for the crontab', error) : error;
  }
}
