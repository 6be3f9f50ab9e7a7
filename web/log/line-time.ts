import type { TimeKind } from './settings.ts';

/** `0:07`, `12:07`, `1:02:07` since the start, or the time of day. @param start of the run, in ms since 1970. */
export function lineTime(ms: number | null, kind: TimeKind, start: number): string {
  if (ms === null || kind === 'none') return '';
  if (kind === 'absolute') return Number.isNaN(start) ? '' : clock(new Date(start + ms));
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours === 0 ? minutes : `${hours}:${two(minutes)}`}:${two(seconds % 60)}`;
}

const clock = (date: Date): string => [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');

const two = (value: number): string => String(value).padStart(2, '0');
