import { describe, expect, test } from 'vitest';
import { crontabTimeZone, localTime, systemTimeZone } from '../../../src/cron/time-zone.ts';

describe('localTime', () => {
  test.each([
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', '2026-03-29 01:59 +01:00'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29 03:00 +02:00'],
    ['2026-01-01T00:00:00Z', 'UTC', '2026-01-01 00:00 +00:00'],
    ['2026-01-01T00:00:00Z', 'America/St_Johns', '2025-12-31 20:30 -03:30'],
    ['2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02 00:00 +05:45'],
  ])('%s in %s', (moment, zone, expected) => {
    const { date, time, offset } = localTime(Date.parse(moment), zone);
    expect(`${date} ${time} ${offset}`).toBe(expected);
  });
});

describe('systemTimeZone', () => {
  test('does not go by TZ', () => {
    expect(systemTimeZone({ TZ: 'Antarctica/Troll' })).not.toBe('Antarctica/Troll');
  });

  test('is a zone that clocks know', () => {
    for (const env of [{}, { TZ: 'UTC' }]) expect(localTime(0, systemTimeZone(env)).date).toMatch(/^19(?:69-12-31|70-01-01)$/);
  });
});

describe('crontabTimeZone', () => {
  test.each([
    ['CRON_TZ=Asia/Tokyo\n* * * * * x\n', 'Asia/Tokyo'],
    ['A=1\n  CRON_TZ = "Asia/Tokyo"\n', 'Asia/Tokyo'],
    ['CRON_TZ=UTC\nCRON_TZ=Asia/Tokyo\n', 'Asia/Tokyo'],
    ['# CRON_TZ=UTC\nTZ=UTC\n', undefined],
  ])('%j', (crontab, zone) => {
    expect(crontabTimeZone(crontab)).toBe(zone);
  });
});
