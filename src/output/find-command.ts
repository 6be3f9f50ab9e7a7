import { isBlank, lineFeed } from './ascii.ts';

const colons = Buffer.from('::');

/**
 * Finds the next line that may be a command: it begins with `::`, after white space.
 *
 * Looks for the colons, not for lines: of the millions of a log hardly any have them.
 * @param from where a line begins.
 * @param end of the bytes to look at: where another line begins, or the end.
 * @returns where that line begins; -1 if there is none.
 */
export function findCommand(bytes: Buffer, from: number, end = bytes.length): number {
  let lineStart = from;
  for (;;) {
    const found = bytes.indexOf(colons, lineStart);
    if (found === -1 || found >= end) return -1;
    let at = found;
    while (at > lineStart && isBlank(bytes[at - 1])) at -= 1;
    if (at === lineStart || bytes[at - 1] === lineFeed) return at;
    // Only the first colons of a line can make it a command.
    const lineEnd = bytes.indexOf(lineFeed, found);
    if (lineEnd === -1) return -1;
    lineStart = lineEnd + 1;
  }
}

/** The same of one line. @param to where it ends. */
export function mayBeCommand(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlank(bytes[at])) at += 1;
  return at + 1 < to && bytes[at] === colon && bytes[at + 1] === colon;
}

const colon = 0x3a;
