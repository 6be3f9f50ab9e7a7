import { JciError } from '../base/errors.ts';
import { compareWithCrontab, type InstalledState, type ListedEntry } from '../cron/compare.ts';
import { findInstallSite } from '../cron/install-site.ts';
import { readCronEntries } from '../cron/read-entries.ts';
import { readCrontab } from '../cron/system-crontab.ts';
import type { Repository } from '../git/repository.ts';
import type { CronEntry } from '../model/crontab.ts';
import { fine, type Finding } from './finding.ts';

const check = 'cron entries';

/**
 * Whether the lines of this repository in the user's crontab are those that `.jci/crontab` asks for. Whoever has
 * installed none of them need not.
 * @param self the words that start git jci.
 */
export async function checkCronEntries(repo: Repository, self: readonly string[]): Promise<Finding> {
  let entries: CronEntry[];
  try {
    entries = repo.workTree === undefined ? [] : (readCronEntries(repo) ?? []);
  } catch (error) {
    if (!(error instanceof JciError)) throw error;
    return { check, state: 'problem', message: error.message.replaceAll('\n', '; '), hint: 'nothing of it is installed until every line is right' };
  }
  try {
    const [crontab, site] = await Promise.all([readCrontab(repo.ctx), findInstallSite(repo, self)]);
    return judge(entries, repo.workTree === undefined ? [] : compareWithCrontab(entries, crontab, site));
  } catch (error) {
    // No cron on this machine, or not for this user: then nothing of ours is in it.
    if (!(error instanceof JciError)) throw error;
    return fine(check, error.message);
  }
}

function judge(entries: readonly CronEntry[], listed: readonly ListedEntry[]): Finding {
  if (listed.length === 0) return fine(check, 'none');
  if (listed.every(({ state }) => state === 'not installed')) return fine(check, `${entries.length} in .jci/crontab, none of them installed`);
  if (listed.every(({ state }) => state === 'installed')) return fine(check, `${entries.length} installed`);
  const message = unsettled.flatMap((state) => named(listed, state)).join('; ');
  return { check, state: 'advice', message, hint: 'bring the crontab in line with .jci/crontab: git jci cron sync' };
}

const unsettled: readonly InstalledState[] = ['orphaned', 'outdated', 'not installed'];

function named(listed: readonly ListedEntry[], wanted: InstalledState): string[] {
  const names = listed.filter(({ state }) => state === wanted).map(({ name }) => name);
  return names.length === 0 ? [] : [`${wanted}: ${names.join(', ')}`];
}
