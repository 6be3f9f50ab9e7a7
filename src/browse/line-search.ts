import { createLineBlocks, type LineBlocks } from './line-blocks.ts';
import { countLineFeeds } from './line-feeds.ts';

/**
 * Looks for the lines that a pattern fits, in a stream of bytes.
 *
 * @param pattern without the `g` flag.
 * @param onMatch gets a line without its line feed, and its number from 1; returns false to stop. Of a line longer than
 * a MiB each piece is looked at by itself.
 */
export function searchLines(pattern: RegExp, onMatch: (text: string, line: number) => boolean): LineBlocks {
  const needle = literalOf(pattern);
  let line = 1;
  return createLineBlocks((block, endsLine) => {
    const first = line;
    if (needle !== undefined && !block.includes(needle)) {
      line += countLineFeeds(block) + (endsLine ? 1 : 0);
      return true;
    }
    const texts = block.toString('utf8').split('\n');
    line += texts.length - (endsLine ? 0 : 1);
    return texts.every((text, at) => !pattern.test(text) || onMatch(text, first + at));
  });
}

/** The bytes that every fitting line has, where the pattern is plain text: they are found many times faster than lines. */
function literalOf({ source, ignoreCase }: RegExp): Buffer | undefined {
  const unescaped = source.replace(escaped, '');
  if (ignoreCase || /[\\^$.*+?()[\]{}|]|[^\x20-\x7e]/.test(unescaped)) return undefined;
  return Buffer.from(source.replace(escaped, '$1'));
}

const escaped = /\\([\\^$.*+?()[\]{}|/])/g;
