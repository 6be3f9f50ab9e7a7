import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { dueTimes, type DueTime } from '../../cron/next-times.ts';
import { readCronEntries } from '../../cron/read-entries.ts';
import { readCrontab } from '../../cron/system-crontab.ts';
import { crontabTimeZone, localTime, systemTimeZone } from '../../cron/time-zone.ts';
import type { CronEntry } from '../../model/crontab.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Call } from '../command.ts';
import { renderTable } from '../render/table.ts';

export interface NextOptions {
  number?: string;
  json?: boolean;
}

const defaultCount = 3;

/** `git jci cron next`. @returns the exit code. */
export async function showNextRuns(call: Call<NextOptions>): Promise<number> {
  const { repo, ctx, options, ui } = call;
  const count = parseCount(options.number);
  const entries = readCronEntries(repo) ?? [];
  const timeZone = systemTimeZone(ctx.env);
  const due = dueTimes(entries, ctx.now(), timeZone, count);
  if (ui.json) ui.printJson({ version: 1, timeZone, next: due.map((time) => toJson(time, timeZone)) });
  else await printTimes(call, due, timeZone);
  if (entries.length === 0) ui.say('no entries; write some into .jci/crontab');
  await tellOddities(call, entries, due);
  return exitCode.ok;
}

function parseCount(text: string | undefined): number {
  if (text === undefined) return defaultCount;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usageError(`--number: '${text}' is not a whole number from 1 to 9999`);
  return Number(text);
}

async function printTimes({ ctx, ui }: Call<NextOptions>, due: readonly DueTime[], timeZone: string): Promise<void> {
  if (due.length === 0) return;
  const rows = due.map(({ entry, at }) => {
    const { date, time, offset } = localTime(at, timeZone);
    const branch = entry.branch === undefined ? '' : `branch ${printable(entry.branch)}`;
    return [`${date} ${time} ${offset}`, ui.out.dim(formatUntil(at - ctx.now())), entry.name, branch];
  });
  ui.print(`times in ${timeZone}, the zone of this system`);
  ui.print(await renderTable(rows, { width: ui.width, flexible: 3 }));
}

const minuteMs = 60_000;

/** `in 4 min`, `in 3 h`, `in 2 d`: rounded down, like ages. */
function formatUntil(ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return 'in less than 1 min';
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.floor(hours / 24)} d`;
}

function toJson({ entry, at }: DueTime, timeZone: string): object {
  const { date, time, offset } = localTime(at, timeZone);
  const { name, schedule, branch } = entry;
  return { name, schedule: schedule.text, branch: branch ?? null, at: `${date}T${time}:00${offset}` };
}

/** What the times alone would not tell. */
async function tellOddities({ ctx, ui }: Call<NextOptions>, entries: readonly CronEntry[], due: readonly DueTime[]): Promise<void> {
  for (const { name, schedule } of entries) {
    if (schedule.times === 'when cron starts') ui.say(`${name}: when cron starts next (${schedule.text})`);
    else if (!due.some(({ entry }) => entry.name === name)) ui.warn(`${name}: '${schedule.text}' is never due`);
  }
  const asked = crontabTimeZone(await crontabIfAny(ctx));
  if (asked !== undefined) ui.warn(`your crontab sets CRON_TZ=${printable(asked)}: cronie goes by it, Debian's cron by the times shown`);
}

/** Times can be told without a crontab program. */
const crontabIfAny = (ctx: Call<NextOptions>['ctx']): Promise<string> => readCrontab(ctx).catch(() => '');
