import type { LogSearch } from '../../api/log.ts';
import { searchBlocks } from './search-blocks.ts';
import type { Matcher } from './search-matcher.ts';
import type { OpenLog } from './open-log.ts';
import { shownText } from './search-text.ts';

/** Hits that are told with their text. */
export const mostTexts = 1000;
/** Hits that are told at all. */
export const mostHits = 100_000;

/** So often is told what was found. */
const tellMs = 100;

export interface LogSearchOptions {
  matcher: Matcher;
  /** True to look only at what is known by now. */
  isLive: boolean;
  /** In ms, of any beginning. */
  elapsed: () => number;
  signal: AbortSignal;
}

/**
 * Searches a log from its beginning.
 * @param tell gets what was found since the last time. The first hits are told at once.
 * @throws JciError (3) if it takes too long, or what kept the log from being read: `tell` has heard of all hits before.
 */
export async function searchLog(log: OpenLog, { matcher, isLive, elapsed, signal }: LogSearchOptions, tell: (found: LogSearch) => Promise<void>): Promise<LogSearch> {
  let hits: NonNullable<LogSearch['hits']> = [];
  let count = 0;
  let searched = 0;
  let lastHit = 0;
  let told = elapsed();
  const flush = (): LogSearch => {
    const found = { ...(hits.length === 0 ? {} : { hits }), count, searched };
    hits = [];
    return found;
  };
  try {
    for await (const { line, last, bytes } of searchBlocks(log, isLive, signal)) {
      const isFirst = count === 0;
      for (const { at, text } of await matcher.match(shownText(bytes), mostTexts - count)) {
        // The pieces of a very long line are one line.
        if (line + at === lastHit) continue;
        lastHit = line + at;
        count += 1;
        if (count <= mostTexts) hits.push({ line: lastHit, text });
        else if (count <= mostHits) hits.push({ line: lastHit });
      }
      searched = last;
      if (signal.aborted || ((!isFirst || count === 0) && elapsed() - told < tellMs)) continue;
      await tell(flush());
      told = elapsed();
    }
  } catch (error) {
    await tell(flush());
    throw error;
  }
  return flush();
}
