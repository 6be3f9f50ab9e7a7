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
   * @param most texts are given for so many of them only, and are empty for the others.
   * @throws JciError (3) if it takes too long.
   */
  match(text: string, most: number): Promise<readonly LineHit[]>;
  close(): void;
}

/** Plain text is looked for here, a regular expression where it can be stopped. */
export const createMatcher = (query: SearchQuery): Matcher => (query.isRegex ? regexMatcher(query) : literalMatcher(query));

function literalMatcher({ text: needle, pattern }: SearchQuery): Matcher {
  const isIn = pattern.ignoreCase ? (text: string): boolean => pattern.test(text) : (text: string): boolean => text.includes(needle);
  return {
    match: (text, most) => Promise.resolve(isIn(text) ? literalHits(text, most, pattern) : []),
    close: () => undefined,
  };
}

function literalHits(text: string, most: number, pattern: RegExp): LineHit[] {
  const hits: LineHit[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const index = line.search(pattern);
    if (index !== -1) hits.push({ at, text: hits.length < most ? around(line, index) : '' });
  }
  return hits;
}

function regexMatcher({ text: source, pattern }: SearchQuery): Matcher {
  const worker = startRegexWorker(source, pattern.flags);
  return {
    async match(text, most) {
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
