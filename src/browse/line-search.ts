import { findCommand } from '../output/find-command.ts';
import { plainLook, readableCommand } from '../output/readable-command.ts';
import { stripEscapes } from '../output/strip-escapes.ts';
import { createLineBlocks, type LineBlocks } from './line-blocks.ts';
import { countLineFeeds } from './line-feeds.ts';

export interface LineSearch {
  /** Without the `g` flag. */
  pattern: RegExp;
  /** Whether the person who asks sees more than ASCII. */
  unicode: boolean;
}

/**
 * Looks for the lines that a pattern fits, in a stream of bytes: as they are without escape sequences, or as a person sees them
 * if they are commands.
 *
 * @param onMatch gets a line without its line feed and without escape sequences, and its number from 1; returns false to
 * stop. Of a line longer than a MiB each piece is looked at by itself.
 */
export function searchLines({ pattern, unicode }: LineSearch, onMatch: (text: string, line: number) => boolean): LineBlocks {
  const look = plainLook(unicode);
  const needle = literalOf(pattern);
  let line = 1;

  const fits = (text: string): boolean => pattern.test(text) || fitsAsCommand(text);
  const fitsAsCommand = (text: string): boolean => {
    const shown = mayBeCommand.test(text) ? readableCommand(text, look) : undefined;
    return shown !== undefined && shown !== '' && pattern.test(shown);
  };

  return createLineBlocks((raw, endsLine) => {
    const first = line;
    const block = stripEscapes(raw);
    if (needle !== undefined && !block.includes(needle) && !commandLines(block).some(fitsAsCommand)) {
      line += countLineFeeds(block) + (endsLine ? 1 : 0);
      return true;
    }
    const texts = block.toString('utf8').split('\n');
    line += texts.length - (endsLine ? 0 : 1);
    return texts.every((text, at) => !fits(text) || onMatch(text, first + at));
  });
}

const mayBeCommand = /^\s*::/;

function commandLines(block: Buffer): string[] {
  const lines: string[] = [];
  for (let at = findCommand(block, 0); at !== -1; ) {
    const found = block.indexOf(10, at);
    const end = found === -1 ? block.length : found;
    lines.push(block.toString('utf8', at, end));
    at = findCommand(block, end + 1);
  }
  return lines;
}

/** The bytes that every fitting line has, where the pattern is plain text: they are found many times faster than lines. */
function literalOf({ source, ignoreCase }: RegExp): Buffer | undefined {
  const unescaped = source.replace(escaped, '');
  if (ignoreCase || /[\\^$.*+?()[\]{}|]|[^\x20-\x7e]/.test(unescaped)) return undefined;
  return Buffer.from(source.replace(escaped, '$1'));
}

const escaped = /\\([\\^$.*+?()[\]{}|/])/g;
