import type { CronEntry } from '../model/crontab.ts';
import { scheduleLength } from '../model/cron-schedule.ts';
import { findInstalledLines } from './edit-crontab.ts';
import { installedLine, type InstallSite } from './installed-line.ts';

/**
 * `outdated`: installed, but not as it would be now (another schedule, branch, path). `orphaned`: installed, and no longer
 * in `.jci/crontab`.
 */
export type InstalledState = 'installed' | 'not installed' | 'outdated' | 'orphaned';

export interface ListedEntry {
  name: string;
  schedule: string;
  branch: string | undefined;
  state: InstalledState;
}

/** Sets the entries of `.jci/crontab` against the lines in the user's crontab; orphans come last. */
export function compareWithCrontab(entries: readonly CronEntry[], crontab: string, site: InstallSite): ListedEntry[] {
  const installed = findInstalledLines(crontab, site.root);
  const listed = entries.map((entry): ListedEntry => {
    const line = installed.get(entry.name);
    installed.delete(entry.name);
    const state = line === undefined ? 'not installed' : line === installedLine(entry, site) ? 'installed' : 'outdated';
    return { name: entry.name, schedule: entry.schedule.text, branch: entry.branch, state };
  });
  const orphans = [...installed].map(([name, line]): ListedEntry => ({
    name,
    schedule: scheduleOf(line),
    branch: undefined,
    state: 'orphaned',
  }));
  return [...listed, ...orphans];
}

function scheduleOf(line: string): string {
  const words = line.trim().split(/\s+/);
  return words.slice(0, scheduleLength(words[0] ?? '')).join(' ');
}
