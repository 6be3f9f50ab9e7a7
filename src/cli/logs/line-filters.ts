import { splitLines } from '../../browse/line-splitter.ts';
import type { LogPrinter } from './log-printer.ts';

/** Lines of a log, from 1, both ends included. */
export interface LineRange {
  first: number;
  last: number;
}

const lineFeed = Buffer.from('\n');

/** Passes on only lines in one of the ranges, and stops after the last of them. */
export function keepLines(ranges: readonly LineRange[], printer: LogPrinter): LogPrinter {
  const end = Math.max(...ranges.map(({ last }) => last));
  let kept: Buffer[] = [];
  const lines = splitLines((line, number) => {
    if (ranges.some(({ first, last }) => number >= first && number <= last)) kept.push(Buffer.from(line), lineFeed);
    return number < end;
  });
  return {
    async take(chunk) {
      const wantsMore = lines.take(chunk);
      const readable = await printer.take(Buffer.concat(kept));
      kept = [];
      return wantsMore && readable;
    },
    async end() {
      lines.end();
      await printer.take(Buffer.concat(kept));
      await printer.end();
    },
  };
}

/** Passes on only the last lines, once all are known. */
export function keepTail(count: number, printer: LogPrinter): LogPrinter {
  let kept: Buffer[] = [];
  const lines = splitLines((line) => {
    kept.push(Buffer.concat([line, lineFeed]));
    // Cut now and then rather than at every line.
    if (kept.length > 2 * count + 1000) kept = kept.slice(-count);
    return true;
  });
  return {
    take: (chunk) => Promise.resolve(lines.take(chunk)),
    async end() {
      lines.end();
      await printer.take(Buffer.concat(count === 0 ? [] : kept.slice(-count)));
      await printer.end();
    },
  };
}
