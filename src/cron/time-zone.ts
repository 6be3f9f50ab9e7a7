import { readlinkSync } from 'node:fs';
import type { Env } from '../base/context.ts';
import { hasCode } from '../base/errors.ts';

/**
 * The IANA name of the zone that the cron daemon goes by: the system's, whatever `TZ` says in the user's shell.
 */
export function systemTimeZone(env: Env): string {
  return env['TZ'] === undefined ? Intl.DateTimeFormat().resolvedOptions().timeZone : linkedTimeZone();
}

/** A system without the link goes by UTC. */
function linkedTimeZone(): string {
  try {
    return /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(readlinkSync('/etc/localtime'))?.[1] ?? 'UTC';
  } catch (error) {
    // EINVAL: a copy of the zone's file, which does not tell its name.
    if (hasCode(error, 'ENOENT', 'EINVAL')) return 'UTC';
    throw error;
  }
}

/** A zone that the user's crontab asks for: cronie goes by it, Debian's cron does not. */
export const crontabTimeZone = (crontab: string): string | undefined =>
  [...crontab.matchAll(/^[ \t]*CRON_TZ[ \t]*=[ \t]*["']?([^\s"']+)/gm)].at(-1)?.[1];

/** A moment as clocks in a zone show it. */
export interface LocalTime {
  /** `2026-03-29` */
  date: string;
  /** `03:30` */
  time: string;
  /** `+02:00` */
  offset: string;
}

/** @param at milliseconds since the epoch. */
export function localTime(at: number, timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    offset: part('timeZoneName').replace('GMT', '') || '+00:00',
  };
}
