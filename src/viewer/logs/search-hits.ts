import { createLineBlocks } from '../../browse/line-blocks.ts';
import { countLineFeeds } from '../../browse/line-feeds.ts';
import type { Matcher } from './search-matcher.ts';
import { shownBytes } from './shown-bytes.ts';

/** The first lines of a log that fit. */
export interface RunHits {
  hits: { line: number; text: string }[];
  /** There are others. */
  more: boolean;
}

/** Takes a log as it comes, and looks no further than it has to. */
export interface HitCollector {
  take(chunk: Buffer): Promise<void>;
  /** Takes the last line, too. */
  end(): Promise<RunHits>;
}

/** @param most hits. */
export function createHitCollector(matcher: Matcher, most: number): HitCollector {
  const found: RunHits = { hits: [], more: false };
  let blocks: { bytes: Buffer; endsLine: boolean }[] = [];
  let line = 1;
  const cutter = createLineBlocks((bytes, endsLine) => blocks.push({ bytes, endsLine }) > 0);

  async function look(bytes: Buffer): Promise<void> {
    for (const { at, text } of await matcher.match(shownBytes(bytes), most - found.hits.length)) {
      // The pieces of a very long line are one line.
      if (found.hits.at(-1)?.line === line + at) continue;
      if (found.hits.length === most) found.more = true;
      else found.hits.push({ line: line + at, text });
    }
  }

  async function lookAtAll(): Promise<void> {
    const ready = blocks;
    blocks = [];
    for (const { bytes, endsLine } of ready) {
      if (found.more) return;
      await look(bytes);
      line += countLineFeeds(bytes) + (endsLine ? 1 : 0);
    }
  }

  return {
    async take(chunk) {
      if (found.more) return;
      cutter.take(chunk);
      await lookAtAll();
    },
    async end() {
      if (!found.more) cutter.end();
      await lookAtAll();
      return found;
    },
  };
}
