import { countLineFeeds, skipLines } from '../../browse/line-feeds.ts';

/** What is held to spare a second reading. */
const maxHeldBytes = 32 * 1024 * 1024;

/** Finds the last lines of a log while it is read. */
export interface TailFinder {
  take(chunk: Buffer): void;
  /** The number of the first of the last lines, and what they are unless that is too much to be held. Call it last. */
  end(): { firstLine: number; bytes: Buffer | undefined };
}

/** @param count how many lines are wanted; one without a line feed at the end counts too. */
export function findTail(count: number): TailFinder {
  let held: { chunk: Buffer; lineFeeds: number }[] = [];
  let heldBytes = 0;
  let heldLineFeeds = 0;
  let lineFeeds = 0;
  let endsInLine = false;
  let isTooMuch = false;

  function dropFirst(): void {
    const first = held.shift();
    heldBytes -= first?.chunk.length ?? 0;
    heldLineFeeds -= first?.lineFeeds ?? 0;
  }

  return {
    take(chunk) {
      if (chunk.length === 0) return;
      const added = countLineFeeds(chunk);
      lineFeeds += added;
      endsInLine = chunk.at(-1) !== 10;
      if (isTooMuch) return;
      held.push({ chunk, lineFeeds: added });
      heldBytes += chunk.length;
      heldLineFeeds += added;
      // The line feed before the first line wanted stays: it tells where that line begins.
      while (held[0] !== undefined && heldLineFeeds - held[0].lineFeeds > count) dropFirst();
      isTooMuch = heldBytes > maxHeldBytes;
      if (isTooMuch) held = [];
    },
    end() {
      const lines = lineFeeds + (endsInLine ? 1 : 0);
      const before = Math.max(lines - count, 0);
      if (isTooMuch) return { firstLine: before + 1, bytes: undefined };
      const bytes = Buffer.concat(held.map(({ chunk }) => chunk));
      const dropped = lineFeeds - heldLineFeeds;
      return { firstLine: before + 1, bytes: bytes.subarray(skipLines(bytes, 0, before - dropped).at) };
    },
  };
}
