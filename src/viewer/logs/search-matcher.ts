import { endOfLine } from './end-of-line.ts';
import { countLineFeeds } from '../../browse/line-feeds.ts';
import { lineFeed } from '../../output/ascii.ts';
import type { SearchQuery } from './search-query.ts';
import { startRegexWorker } from './search-worker.ts';

/** A line that fits. */
export interface LineHit {
  /** Its position in the text, from 0. */
  at: number;
  /** The line, of a very long one the part around the hit. */
  text: string;
}

/** Finds the lines of a text that fit. */
export interface Matcher {
  /**
   * @param shown lines in UTF-8. Other ones may be given before these have been searched: they wait for their turn.
   * @param most texts are given for so many of them only, and are empty for the others.
   * @throws JciError (3) if it takes too long.
   */
  match(shown: Buffer, most: number): Promise<readonly LineHit[]>;
  close(): void;
}

/** Plain text is looked for here, a regular expression where it can be stopped. */
export const createMatcher = (query: SearchQuery): Matcher => (query.isRegex ? regexMatcher(query) : literalMatcher(query));

function literalMatcher(query: SearchQuery): Matcher {
  const findNext = createFinder(query);
  return {
    match: (shown, most) => Promise.resolve(literalHits(shown, most, findNext(shown), query.pattern)),
    close: () => undefined,
  };
}

/** Where it is found next, from an offset on; -1 if nowhere. Offsets are in bytes. */
type FindNext = (from: number) => number;

function createFinder({ text, pattern }: SearchQuery): (shown: Buffer) => FindNext {
  // What has a line break in it is in no line.
  if (text.includes('\n')) return () => () => -1;
  const needle = Buffer.from(text);
  if (!pattern.ignoreCase && !text.includes(replacement)) return (shown) => (from) => shown.indexOf(needle, from);
  const isAscii = needle.length === text.length;
  return isAscii ? asciiFinder(pattern) : (shown) => lineFinder(shown, pattern);
}

/** What bytes that are no UTF-8 are decoded to: they are another one each. */
const replacement = '\ufffd';

/** Beyond about twice as much, a string gets memory of its own that is fresh each time: it takes six times as long to make. */
const stringBytes = 64 * 1024;

/** No character beyond ASCII is the other case of one in it: of each byte a character can be made. */
function asciiFinder(pattern: RegExp): (shown: Buffer) => FindNext {
  const next = new RegExp(pattern.source, `${pattern.flags}g`);
  return (shown) => {
    let [start, end, characters] = [0, 0, ''];
    return (from) => {
      for (let at = from; at < shown.length; at = end) {
        if (at >= end) {
          start = at;
          end = endOfLine(shown, at + stringBytes);
          characters = shown.toString('latin1', start, end);
        }
        next.lastIndex = at - start;
        const found = next.exec(characters);
        if (found !== null) return start + found.index;
      }
      return -1;
    };
  };
}

/** Line by line; gives the beginning of the line. */
function lineFinder(shown: Buffer, pattern: RegExp): FindNext {
  const whole = shown.toString('utf8');
  return (from) => {
    if (from === 0 && !pattern.test(whole)) return -1;
    for (let start = from; start <= shown.length; ) {
      const end = endOfLine(shown, start);
      if (pattern.test(shown.toString('utf8', start, end))) return start;
      start = end + 1;
    }
    return -1;
  };
}

function literalHits(shown: Buffer, most: number, findNext: FindNext, pattern: RegExp): LineHit[] {
  const hits: LineHit[] = [];
  let at = 0;
  for (let from = 0; from <= shown.length; ) {
    const found = findNext(from);
    if (found === -1) break;
    const start = shown.subarray(from, found).lastIndexOf(lineFeed) + 1 + from;
    const end = endOfLine(shown, found);
    at += countLineFeeds(shown.subarray(from, start));
    const line = hits.length < most ? shown.toString('utf8', start, end) : '';
    hits.push({ at, text: hits.length < most ? around(line, line.search(pattern)) : '' });
    at += 1;
    from = end + 1;
  }
  return hits;
}

function regexMatcher({ text: source, pattern }: SearchQuery): Matcher {
  const worker = startRegexWorker(source, pattern.flags);
  return {
    async match(shown, most) {
      const text = shown.toString('utf8');
      const found = await worker.search(text);
      const lines = found.length > 0 && most > 0 ? text.split('\n') : [];
      return found.map(({ at, index }, position) => ({ at, text: position < most ? around(lines[at] ?? '', index) : '' }));
    },
    close: worker.close,
  };
}

const longestText = 1000;
const before = 200;

function around(line: string, index: number): string {
  if (line.length <= longestText) return line;
  const from = Math.max(0, Math.min(index - before, line.length - longestText));
  const part = line.slice(from, from + longestText).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${from + longestText < line.length ? '…' : ''}`;
}
