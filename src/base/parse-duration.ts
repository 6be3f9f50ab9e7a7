import ms from 'ms';
import { usageError } from './errors.ts';

/** A month is taken as 30 days: `--older-than 6m` is about age, not about calendars. */
const monthMs = 30 * 24 * 3_600_000;

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
