import { exitCode } from '../../base/exit-codes.ts';
import { missingBranches } from '../../cron/branches.ts';
import { readCronEntries } from '../../cron/read-entries.ts';
import { syncCrontab, type SyncResult } from '../../cron/sync.ts';
import type { CronEntry } from '../../model/crontab.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Call } from '../command.ts';
import { selfCommand } from '../self.ts';
import { identifySelf } from '../session.ts';

export interface SyncOptions {
  json?: boolean;
}

/** `git jci cron sync`. @returns the exit code. */
export async function syncCron(call: Call<SyncOptions>): Promise<number> {
  const { repo, ctx, ui } = call;
  const entries = readCronEntries(repo);
  const result = await syncCrontab(repo, entries ?? [], selfCommand(), await identifySelf(ctx));
  if (!ui.json && entries === undefined) ui.say('there is no .jci/crontab');
  tellChanges(call, result);
  await warnOfBranches(call, entries ?? []);
  return exitCode.ok;
}

/** It may come with the next fetch or push: no reason to refuse, but a slip of the pen should not wait for the night. */
async function warnOfBranches({ repo, ui }: Call<SyncOptions>, entries: readonly CronEntry[]): Promise<void> {
  const missing = await missingBranches(repo, entries);
  for (const { name, branch } of entries) {
    if (branch === undefined || !missing.includes(branch)) continue;
    ui.warn(`${name}: there is no branch '${printable(branch)}' here: until there is one, its runs fail`);
  }
}

/** `git jci cron rm`. @returns the exit code. */
export async function removeCron(call: Call<SyncOptions>): Promise<number> {
  tellChanges(call, await syncCrontab(call.repo, [], selfCommand(), await identifySelf(call.ctx)));
  return exitCode.ok;
}

function tellChanges({ ui }: Call<SyncOptions>, { changes, environmentChanged }: SyncResult): void {
  if (ui.json) {
    ui.printJson({ version: 1, changes, environmentChanged });
    return;
  }
  for (const { name, change } of changes) ui.print(`${change.padEnd(7)}  ${name}`);
  if (environmentChanged && changes.every(({ change }) => change !== 'added')) ui.print('changed  the environment of the jobs');
  else if (changes.length === 0) ui.say('the crontab is as it should be');
}
