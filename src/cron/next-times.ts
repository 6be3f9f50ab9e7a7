import { CronExpressionParser, type CronExpression } from 'cron-parser';
import type { ScheduleTimes } from '../model/cron-schedule.ts';
import type { CronEntry } from '../model/crontab.ts';

export interface DueTime {
  entry: CronEntry;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * The next `count` times of each entry, soonest first; of the same minute in the order of the file.
 *
 * @param after milliseconds since the epoch; a time must be later.
 * @param timeZone IANA name of the zone that cron goes by.
 */
export function dueTimes(entries: readonly CronEntry[], after: number, timeZone: string, count: number): DueTime[] {
  return entries
    .flatMap((entry) => nextTimes(entry.schedule.times, after, timeZone, count).map((at) => ({ entry, at })))
    .sort((a, b) => a.at - b.at);
}

/**
 * The next `count` times of one schedule, in milliseconds since the epoch.
 * @returns fewer for one that is never due again (30 February) or only when cron starts.
 */
export function nextTimes(times: ScheduleTimes | 'when cron starts', after: number, timeZone: string, count: number): number[] {
  if (times === 'when cron starts' || !everDue(times)) return [];
  const found: number[] = [];
  let expression = parse(times, new Date(after), timeZone);
  while (found.length < count) {
    const due = expression.next();
    if (times.bothDays && !times.daysOfWeek.includes(due.getDay())) {
      due.setEndOfDay();
      expression = parse(times, due.toDate(), timeZone);
    } else {
      found.push(due.toDate().getTime());
    }
  }
  return found;
}

/** The most days each month can have. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function everDue({ daysOfMonth, months, bothDays }: ScheduleTimes): boolean {
  const firstDay = Math.min(...daysOfMonth);
  return !bothDays || months.some((month) => firstDay <= (longestMonths[month - 1] ?? 0));
}

/** To cron-parser either of two restricted day fields is enough, so where both must match it gets the day of month alone. */
function parse(times: ScheduleTimes, currentDate: Date, tz: string): CronExpression {
  const { minutes, hours, daysOfMonth, months, daysOfWeek, bothDays } = times;
  const weekdays = bothDays ? '*' : daysOfWeek.join();
  return CronExpressionParser.parse(`${minutes.join()} ${hours.join()} ${daysOfMonth.join()} ${months.join()} ${weekdays}`, { currentDate, tz });
}
