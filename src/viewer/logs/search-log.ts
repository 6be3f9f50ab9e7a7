import type { LogSearch } from '../../api/log.ts';
import type { OpenLog } from './open-log.ts';
import { searchBlocks } from './search-blocks.ts';
import type { LineHit, Matcher } from './search-matcher.ts';
import { shownBytes } from './shown-bytes.ts';

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
  const tally = createTally();
  let told = elapsed();
  const take = async ({ line, last, found }: Looked): Promise<void> => {
    const before = tally.count;
    const after = tally.add(line, last, await found);
    const hasFirst = before === 0 && after > 0;
    if (signal.aborted || (!hasFirst && elapsed() - told < tellMs)) return;
    await tell(tally.flush());
    told = elapsed();
  };
  try {
    // A thread searches one block while the next one is made ready here.
    let before: Looked | undefined;
    for await (const { line, last, bytes } of searchBlocks(log, isLive, signal)) {
      const found = matcher.match(shownBytes(bytes), mostTexts - tally.count);
      // It is waited for below.
      found.catch(() => undefined);
      const looked = { line, last, found };
      if (before !== undefined) await take(before);
      before = looked;
    }
    if (before !== undefined) await take(before);
  } catch (error) {
    await tell(tally.flush());
    throw error;
  }
  return tally.flush();
}

/** A block that is being searched. */
interface Looked {
  line: number;
  last: number;
  found: Promise<readonly LineHit[]>;
}

interface Tally {
  readonly count: number;
  /** @returns the count. */
  add(line: number, last: number, found: readonly LineHit[]): number;
  /** What came since the last time. */
  flush(): LogSearch;
}

function createTally(): Tally {
  let hits: NonNullable<LogSearch['hits']> = [];
  let count = 0;
  let searched = 0;
  let lastHit = 0;
  return {
    get count() {
      return count;
    },
    add(line, last, found) {
      for (const { at, text } of found) {
        // The pieces of a very long line are one line.
        if (line + at === lastHit) continue;
        lastHit = line + at;
        count += 1;
        if (count <= mostTexts) hits.push({ line: lastHit, text });
        else if (count <= mostHits) hits.push({ line: lastHit });
      }
      searched = last;
      return count;
    },
    flush() {
      const told = { ...(hits.length === 0 ? {} : { hits }), count, searched };
      hits = [];
      return told;
    },
  };
}
