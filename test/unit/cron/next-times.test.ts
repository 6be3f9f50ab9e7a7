import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueTimes, nextTimes } from '../../../src/cron/next-times.ts';
import { parseSchedule, type ScheduleTimes } from '../../../src/model/cron-schedule.ts';
import { parseCrontab } from '../../../src/model/crontab.ts';

function timesOf(text: string): ScheduleTimes | 'when cron starts' {
  const schedule = parseSchedule(text.split(' '));
  if ('problem' in schedule) throw new Error(schedule.problem);
  return schedule.times;
}

const next = (text: string, after: string, count = 1, timeZone = 'UTC'): string[] =>
  nextTimes(timesOf(text), Date.parse(after), timeZone, count).map((at) => new Date(at).toISOString().replace(':00.000Z', 'Z'));

describe('nextTimes', () => {
  test('is later than now, never now', () => {
    expect(next('0 3 * * *', '2026-05-01T03:00:00Z')).toEqual(['2026-05-02T03:00Z']);
    expect(next('0 3 * * *', '2026-05-01T02:59:59.999Z')).toEqual(['2026-05-01T03:00Z']);
  });

  test('goes by the zone, and by its daylight saving time', () => {
    expect(next('30 5 * * *', '2026-03-28T12:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-03-29T03:30Z', '2026-03-30T03:30Z']);
    expect(next('30 5 * * *', '2026-03-27T12:00:00Z', 1, 'Europe/Berlin')).toEqual(['2026-03-28T04:30Z']);
  });

  test('either day is enough, or both must match', () => {
    expect(next('0 0 13 * 5', '2026-05-01T00:00:00Z', 3)).toEqual(['2026-05-08T00:00Z', '2026-05-13T00:00Z', '2026-05-15T00:00Z']);
    expect(next('0 0 */4 * 5', '2026-05-01T00:00:00Z', 3)).toEqual(['2026-05-29T00:00Z', '2026-06-05T00:00Z', '2026-07-17T00:00Z']);
  });

  test('finds a leap day years away', () => {
    expect(next('0 4 29 2 *', '2026-05-01T00:00:00Z', 2)).toEqual(['2028-02-29T04:00Z', '2032-02-29T04:00Z']);
    expect(next('* * */28 2 1', '2026-02-02T00:00:00Z')).toEqual(['2027-02-01T00:00Z']);
  });

  test('is empty for what never comes', () => {
    expect(next('0 0 30 2 *', '2026-05-01T00:00:00Z')).toEqual([]);
    expect(next('0 0 31 4,6,9,11 *', '2026-05-01T00:00:00Z')).toEqual([]);
    expect(next('@reboot', '2026-05-01T00:00:00Z')).toEqual([]);
    expect(next('0 0 31 2 1', '2026-05-01T00:00:00Z')).toEqual(['2027-02-01T00:00Z']);
  });

  test('agrees with the rule that cron applies to every minute', () => {
    fc.assert(
      fc.property(schedules, fc.date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }), (text, after) => {
        const times = timesOf(text);
        if (times === 'when cron starts') throw new Error('not generated');
        const expected = minutesDue(times, after.getTime(), 3);
        expect(nextTimes(times, after.getTime(), 'UTC', 3).slice(0, expected.length)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

test('dueTimes merges the entries by time', () => {
  const { entries } = parseCrontab('0 3 * * * name:night\n0 */12 * * * name:twice\n0 0 * * * name:midnight\n@reboot name:boot');
  const due = dueTimes(entries, Date.parse('2026-05-01T01:00:00Z'), 'UTC', 2);
  expect(due.map(({ entry, at }) => `${new Date(at).toISOString().slice(8, 13)} ${entry.name}`)).toEqual([
    '01T03 night',
    '01T12 twice',
    '02T00 twice',
    '02T00 midnight',
    '02T03 night',
    '03T00 midnight',
  ]);
});

function field(first: number, last: number): fc.Arbitrary<string> {
  const value = fc.integer({ min: first, max: last });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: 9 });
  const item = fc.oneof(value.map(String), range, fc.tuple(range, step).map(([a, n]) => `${a}/${n}`), step.map((n) => `*/${n}`));
  return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(',')));
}

const schedules = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7)).map((fields) => fields.join(' '));

/** What cron does: at every minute, ask whether it matches. Gives up after 90 days. */
function minutesDue(times: ScheduleTimes, after: number, count: number): number[] {
  const found: number[] = [];
  const start = Math.floor(after / 60_000) + 1;
  for (let minute = start; minute < start + 90 * 1440 && found.length < count; minute++) {
    const date = new Date(minute * 60_000);
    const day = times.daysOfMonth.includes(date.getUTCDate());
    const weekday = times.daysOfWeek.includes(date.getUTCDay());
    if (
      times.minutes.includes(date.getUTCMinutes()) &&
      times.hours.includes(date.getUTCHours()) &&
      times.months.includes(date.getUTCMonth() + 1) &&
      (times.bothDays ? day && weekday : day || weekday)
    ) {
      found.push(date.getTime());
    }
  }
  return found;
}
