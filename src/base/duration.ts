import ms from 'ms';
import { usageError } from './errors.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A month is taken as 30 days: `--older-than 6m` is about age, not about calendars. */
const monthMs = 30 * dayMs;

/** What a bare `m` means: minutes where something runs, months where something ages. */
export type MeaningOfM = 'minutes' | 'months';

/**
 * Parses `90s`, `30m`, `4h`, `30d`, `2w`, `500ms` and sums such as `1h30m` into milliseconds.
 *
 * A bare number is refused: nobody remembers whether it meant seconds or milliseconds.
 * @param what names the option or configuration key in the error.
 * @throws JciError (usage) when the text is not a duration.
 */
export function parseDuration(text: string, what: string, m: MeaningOfM = 'minutes'): number {
  const parts = text.trim().match(/\d+(?:\.\d+)?(?:ms|[smhdw])/g) ?? [];
  if (parts.length === 0 || parts.join('') !== text.trim()) throw notADuration(text, what, m);
  const total = parts.reduce((sum, part) => sum + partMs(part, m), 0);
  if (!Number.isFinite(total)) throw notADuration(text, what, m);
  return Math.round(total);
}

function partMs(part: string, m: MeaningOfM): number {
  if (m === 'months' && part.endsWith('m')) return Number.parseFloat(part) * monthMs;
  return ms(part as ms.StringValue);
}

function notADuration(text: string, what: string, m: MeaningOfM): Error {
  return usageError(`${what}: '${text}' is not a duration`, {
    hint: `use a number and a unit, for example 90s, 30m (${m}), 4h, 30d, 2w or 1h30m`,
  });
}

/** `340 ms`, `4.2 s`, `3 min 07 s`, `2 h 05 min`, `3 d 4 h`: short, for people. */
export function formatDuration(durationMs: number): string {
  if (durationMs < secondMs) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${(durationMs / secondMs).toFixed(1)} s`;
  const seconds = Math.round(durationMs / secondMs);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`, `5 w ago`. Times in the future read `just now`. */
export function formatAge(ageMs: number): string {
  if (ageMs < minuteMs) return 'just now';
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min ago`;
  if (ageMs < 2 * dayMs) return `${Math.floor(ageMs / hourMs)} h ago`;
  if (ageMs < 14 * dayMs) return `${Math.floor(ageMs / dayMs)} d ago`;
  if (ageMs < 12 * 7 * dayMs) return `${Math.floor(ageMs / (7 * dayMs))} w ago`;
  return `${Math.floor(ageMs / monthMs)} months ago`;
}
