import { lastNotAbove } from '../base/sorted.ts';
import type { Step } from '../model/step.ts';
import { createTimingIndex } from './timing-index.ts';

/** When lines of a log came, as far as timing.idx tells (see `TimingIndex`). */
export interface LineTimes {
  /** Takes more of its text, which may end anywhere. Results come from others: what does not fit is as if it were not there. */
  add(text: string): void;
  /** In ms since the start of the run; `null` where nobody knows. */
  at(line: number): number | null;
  /** The last line that an entry tells of; 0 without any. */
  last(): number;
}

export function createLineTimes(text = ''): LineTimes {
  const lines: number[] = [];
  const times: number[] = [];
  let rest = '';

  function add(more: string): void {
    const all = rest + more;
    const end = all.lastIndexOf('\n') + 1;
    rest = all.slice(end, end + longestEntry);
    for (const { line, ms } of parseEntries(all.slice(0, end))) {
      if (line <= (lines.at(-1) ?? 0)) continue;
      lines.push(line);
      times.push(ms);
    }
  }

  add(text);
  return {
    add,
    at(line) {
      const at = lastNotAbove(lines, line);
      return (lines[at] ?? Infinity) <= line ? (times[at] ?? null) : null;
    },
    last: () => lines.at(-1) ?? 0,
  };
}

const longestEntry = 50;

const parseEntries = (text: string): { line: number; offset: number; ms: number }[] =>
  [...text.matchAll(/^(\d{1,15}) (\d{1,15}) (\d{1,15})$/gm)].map(([, line, offset, ms]) => ({ line: Number(line), offset: Number(offset), ms: Number(ms) }));

/** timing.idx of a log that grew no longer than this, from entries that were noted while it did. */
export function indexOfNotes(text: string, log: { lines: number; bytes: number }): string | undefined {
  const index = createTimingIndex();
  for (const { line, offset, ms } of parseEntries(text)) if (line <= log.lines && offset < log.bytes) index.lineStarts(line, offset, ms);
  return index.text();
}

/** Steps of a log that was read later than it was written, with the times of their lines. */
export const timeSteps = <S extends Step>(steps: readonly S[], times: LineTimes): S[] =>
  steps.map((step) => {
    const startMs = times.at(step.firstLine) ?? 0;
    return { ...step, startMs, durationMs: Math.max(0, (times.at(step.lastLine) ?? startMs) - startMs) };
  });
