import { countLineFeeds } from '../../browse/line-feeds.ts';
import { streamBlob } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import { plainLine } from '../logs/show-line.ts';

/** A log as far as it is compared. */
export interface ComparedLog {
  id: string;
  size: number;
}

/** Bytes of a log that are compared: of a longer one the last. */
export const mostBytes = 64 * 1024 * 1024;

/** Bytes of a line that are looked at. */
const longestLine = 16 * 1024;

const lineFeed = 0x0a;

/**
 * The lines of a log as a person reads them, with their numbers in the log, from 1, as long as `take` returns true. One that is too long
 * begins with its first whole line that is compared.
 * @param take `unread`: bytes at the end of a very long line that were not looked at.
 * @param signal ends it early.
 */
export async function shownLines(repo: Repository, { id, size }: ComparedLog, signal: AbortSignal, take: (line: string, number: number, unread: number) => boolean): Promise<void> {
  let skip = Math.max(0, size - mostBytes);
  let inPart = skip > 0;
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  const end = (): boolean => {
    number += 1;
    const line = plainLine(Buffer.concat(parts).toString('utf8'));
    const unread = Math.max(0, length - longestLine);
    parts = [];
    length = 0;
    return take(line, number, unread);
  };
  const add = (piece: Buffer): void => {
    if (length < longestLine && piece.length > 0) parts.push(Buffer.from(piece.subarray(0, longestLine - length)));
    length += piece.length;
  };
  const state = { goesOn: true };
  await streamBlob(repo, id, (whole) => {
    const chunk = whole.subarray(Math.min(skip, whole.length));
    const skipped = whole.length - chunk.length;
    if (skipped > 0) number += countLineFeeds(whole.subarray(0, skipped));
    skip -= skipped;
    let start = 0;
    for (let feed = chunk.indexOf(lineFeed); feed >= 0 && state.goesOn; feed = chunk.indexOf(lineFeed, start)) {
      if (inPart) {
        inPart = false;
        number += 1;
      } else {
        add(chunk.subarray(start, feed));
        state.goesOn = end();
      }
      start = feed + 1;
    }
    if (!inPart) add(chunk.subarray(start));
    state.goesOn &&= !signal.aborted;
    return state.goesOn;
  });
  signal.throwIfAborted();
  if (state.goesOn && length > 0) end();
}
