import { lastNotAbove } from './line-index.ts';

/** Reads timing.idx. @returns when a line came, in ms since the start of the run; `null` where nobody knows. */
export function createLineTimes(index: Buffer | undefined): (line: number) => number | null {
  const { lines, times } = parse(index);
  return (line) => {
    const at = lastNotAbove(lines, line);
    return (lines[at] ?? Infinity) <= line ? (times[at] ?? null) : null;
  };
}

/** Results come from others: what does not fit is as if it were not there. */
function parse(index: Buffer | undefined): { lines: number[]; times: number[] } {
  const lines: number[] = [];
  const times: number[] = [];
  for (const [, line, ms] of (index?.toString('latin1') ?? '').matchAll(/^(\d{1,15}) \d{1,15} (\d{1,15})$/gm)) {
    if (Number(line) <= (lines.at(-1) ?? 0)) continue;
    lines.push(Number(line));
    times.push(Number(ms));
  }
  return { lines, times };
}
