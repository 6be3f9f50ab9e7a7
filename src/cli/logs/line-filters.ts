import { skipLines } from '../../browse/line-feeds.ts';
import type { LogPrinter } from './log-printer.ts';

/** Lines of a log, from 1, both ends included. */
export interface LineRange {
  first: number;
  last: number;
}

/** Passes on only lines in one of the ranges, and stops after the last of them. */
export function keepLines(ranges: readonly LineRange[], printer: LogPrinter): LogPrinter {
  const ordered = [...ranges].sort((a, b) => a.first - b.first);
  let next = 0;
  let line = 1;

  /** The lines from here on that are all kept, or all left out. `undefined` when nothing more is kept. */
  function nextStretch(): { isKept: boolean; lines: number } | undefined {
    // By position: taking from the front of half a million ranges moves all the others each time.
    let range = ordered[next];
    while (range !== undefined && range.last < line) range = ordered[++next];
    if (range === undefined) return undefined;
    return range.first <= line ? { isKept: true, lines: range.last + 1 - line } : { isKept: false, lines: range.first - line };
  }

  return {
    async take(chunk) {
      let at = 0;
      for (let stretch = nextStretch(); stretch !== undefined; stretch = nextStretch()) {
        if (at === chunk.length) return true;
        const skipped = skipLines(chunk, at, stretch.lines);
        if (stretch.isKept && !(await printer.take(chunk.subarray(at, skipped.at)))) return false;
        at = skipped.at;
        line += skipped.lines;
      }
      return false;
    },
    end: () => printer.end(),
  };
}
