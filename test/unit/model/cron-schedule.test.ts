import { describe, expect, test } from 'vitest';
import { parseSchedule, type ScheduleTimes } from '../../../src/model/cron-schedule.ts';

function timesOf(text: string): ScheduleTimes {
  const schedule = parseSchedule(text.split(' '));
  if ('problem' in schedule || schedule.times === 'when cron starts') throw new Error(`${text}: ${JSON.stringify(schedule)}`);
  return schedule.times;
}

describe('fields', () => {
  test.each([
    ['5', [5]],
    ['007', [7]],
    ['1-4', [1, 2, 3, 4]],
    ['5-5', [5]],
    ['50-59/4', [50, 54, 58]],
    ['*/20', [0, 20, 40]],
    ['*/100', [0]],
    ['9,3,3-5', [3, 4, 5, 9]],
  ])('minute %s', (field, minutes) => {
    expect(timesOf(`${field} * * * *`).minutes).toEqual(minutes);
  });

  test('names of months and days in any case, also in ranges and lists', () => {
    expect(timesOf('0 0 * JAN-mar,Dec *').months).toEqual([1, 2, 3, 12]);
    expect(timesOf('0 0 * * mon,FRI-6').daysOfWeek).toEqual([1, 5, 6]);
    expect(timesOf('0 0 * * 1-wed').daysOfWeek).toEqual([1, 2, 3]);
  });

  test('Sunday is 0 and 7', () => {
    expect(timesOf('0 0 * * 7').daysOfWeek).toEqual([0]);
    expect(timesOf('0 0 * * 5-7').daysOfWeek).toEqual([0, 5, 6]);
    expect(timesOf('0 0 * * 0-7').daysOfWeek).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(timesOf('0 0 * * 1-7/2').daysOfWeek).toEqual([0, 1, 3, 5]);
  });

  test('days: either is enough unless one begins with a star', () => {
    expect(timesOf('0 0 1 * 1').bothDays).toBe(false);
    expect(timesOf('0 0 1-31 * 1').bothDays).toBe(false);
    expect(timesOf('0 0 * * 1').bothDays).toBe(true);
    expect(timesOf('0 0 */2 * 1').bothDays).toBe(true);
    expect(timesOf('0 0 1 * *').bothDays).toBe(true);
  });
});

describe('short forms', () => {
  test.each([
    ['@hourly', '0 * * * *'],
    ['@daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@weekly', '0 0 * * 0'],
    ['@monthly', '0 0 1 * *'],
    ['@yearly', '0 0 1 1 *'],
    ['@annually', '0 0 1 1 *'],
  ])('%s is %s', (short, long) => {
    expect(parseSchedule([short])).toEqual({ text: short, times: timesOf(long) });
  });

  test('@reboot has no times', () => {
    expect(parseSchedule(['@reboot'])).toEqual({ text: '@reboot', times: 'when cron starts' });
  });

  test.each(['@Daily', '@', '@every_minute', '@toString', '@daily,@hourly'])('%s is unknown to cron', (word) => {
    expect(parseSchedule([word])).toEqual({ problem: expect.stringContaining(`'${word}' is not one of`) });
  });
});

describe('refused', () => {
  test.each([
    ['60 * * * *', "minute '60': 60 is not within 0-59"],
    ['* 24 * * *', 'within 0-23'],
    ['* * 0 * *', 'within 1-31'],
    ['* * 32 * *', 'within 1-31'],
    ['* * * 0 *', 'within 1-12'],
    ['* * * 13 *', 'within 1-12'],
    ['* * * * 8', 'within 0-7'],
    ['* * * * sat-sun', "the range 'sat-sun' runs backwards"],
    ['5-1 * * * *', 'runs backwards'],
    ['*/0 * * * *', 'a step of 0'],
    ['5/5 * * * *', 'write 5-59/5'],
    ['mon * * * *', "'mon' is not a number"],
    ['* * * january *', "'january' is neither a number nor one of jan"],
    ['* * * * ?', 'cron knows no more'],
    ['H * * * *', "'H' is not a number"],
    ['* * L * *', "'L' is not a number"],
    ['* * * * 5#2', 'cron knows no more'],
    ['* * 15W * *', 'cron knows no more'],
    ['1,,2 * * * *', "'' is neither"],
    [', * * * *', 'cron knows no more'],
    ['1, * * * *', 'cron knows no more'],
    ['-5 * * * *', 'cron knows no more'],
    ['1.5 * * * *', 'cron knows no more'],
    ['1-2-3 * * * *', 'cron knows no more'],
    ['*-5 * * * *', 'cron knows no more'],
    ['10~20 * * * *', 'cron knows no more'],
    ['4294967297 * * * *', 'within 0-59'],
    ['* * * *', 'not 4'],
    ['* * * * * *', 'not 6'],
  ])('%s', (text, problem) => {
    expect(parseSchedule(text.split(' '))).toEqual({ problem: expect.stringContaining(problem) });
  });
});
