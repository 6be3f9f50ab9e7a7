import { exitCode } from '../../base/exit-codes.ts';
import { compareWithCrontab, type InstalledState } from '../../cron/compare.ts';
import { findInstallSite } from '../../cron/install-site.ts';
import { readCronEntries } from '../../cron/read-entries.ts';
import { readCrontab } from '../../cron/system-crontab.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Call } from '../command.ts';
import type { Colors } from '../render/colors.ts';
import { renderTable } from '../render/table.ts';
import { selfCommand } from '../self.ts';

export interface ListCronOptions {
  json?: boolean;
}

/** `git jci cron ls`. @returns the exit code. */
export async function listCron({ repo, ctx, ui }: Call<ListCronOptions>): Promise<number> {
  const entries = readCronEntries(repo) ?? [];
  const [crontab, site] = await Promise.all([readCrontab(ctx), findInstallSite(repo, selfCommand())]);
  const listed = compareWithCrontab(entries, crontab, site);
  if (ui.json) {
    ui.printJson({ version: 1, entries: listed.map((entry) => ({ ...entry, branch: entry.branch ?? null })) });
    return exitCode.ok;
  }
  const rows = listed.map(({ name, schedule, branch, state }) => [
    paint(ui.out, state),
    name,
    printable(schedule),
    branch === undefined ? '' : `branch ${printable(branch)}`,
  ]);
  if (rows.length > 0) ui.print(await renderTable(rows, { width: ui.width, flexible: 3 }));
  else ui.say('no entries; write some into .jci/crontab, for example: 0 3 * * * name:nightly branch:main');
  if (listed.some(({ state }) => state !== 'installed')) ui.say('bring the crontab up to date with: git jci cron sync');
  return exitCode.ok;
}

function paint(colors: Colors, state: InstalledState): string {
  return state === 'installed' ? colors.green(state) : colors.yellow(state);
}
