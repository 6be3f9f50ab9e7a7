import type { Found } from './search.ts';

/** The number, from 0, of the hit to begin with: the first one from a line on. -1 while that may still come. */
export function firstHit({ lines, done }: Found, line: number): number {
  const at = lines.findIndex((hit) => hit >= line);
  return at === -1 && done && lines.length > 0 ? 0 : at;
}

/** Whether a line is among the hits, which are in order. */
export function isHit(lines: readonly number[], line: number): boolean {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return lines[low] === line;
}

/** The number, from 0, of the hit after a line or before it; round again at the end. -1 if there is none. */
export function nextHit(lines: readonly number[], line: number, step: 1 | -1): number {
  if (lines.length === 0) return -1;
  const at = step === 1 ? lines.findIndex((hit) => hit > line) : lines.findLastIndex((hit) => hit < line);
  if (at !== -1) return at;
  return step === 1 ? 0 : lines.length - 1;
}
