/** Longer than any run: what claims more is no duration. */
const longestSeconds = 1e9;

/**
 * Reads the `time` of a report, in seconds, as milliseconds rounded to a microsecond; `null` where it says nothing.
 *
 * `1,234.5` has a thousands separator (surefire), and so has `1,234`; `0,25` and `12,5` are decimal commas of
 * reporters that format by locale.
 */
export function secondsToMs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(withDecimalPoint(text.trim()) || 'none');
  return number >= 0 && number <= longestSeconds ? roundMs(number * 1000) : null;
}

/** Rounded to a microsecond: sums of decimal fractions otherwise end in noise. */
export const roundMs = (ms: number): number => Math.round(ms * 1000) / 1000;

function withDecimalPoint(text: string): string {
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[1-9]\d{0,2}(?:\.\d{3})+,\d*$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  return /^\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
}
