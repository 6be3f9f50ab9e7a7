import { lastNotAbove } from '../../base/sorted.ts';
import { lineFeed } from '../../output/ascii.ts';
import { endOfLine } from './end-of-line.ts';
import { createSgrState } from './sgr-state.ts';

/** The beginning of a line that can be read from. */
export interface Checkpoint {
  /** From 1. */
  line: number;
  offset: number;
  /** Colours in force there. */
  state: string;
}

/** Where the lines of a log are; grows with it. */
export interface LineIndex {
  /** Takes the next bytes. */
  add(chunk: Buffer): void;
  /** Lines so far; one without its line feed counts. */
  readonly total: number;
  /** Bytes so far. */
  readonly bytes: number;
  /** The number of the last checkpoint that is not behind this line. */
  find(line: number): number;
  /** `undefined` behind the last. */
  at(number: number): Checkpoint | undefined;
}

const linesApart = 256;
const nothing = Buffer.alloc(0);

/**
 * All lines between two checkpoints begin within so many bytes: only the last of them can be longer, and it ends where the
 * next checkpoint is, so that nobody has to read it whole.
 */
export const bytesApart = 64 * 1024;

export function createLineIndex(): LineIndex {
  const lines: number[] = [1];
  const offsets: number[] = [0];
  const states: string[] = [''];
  const sgr = createSgrState();
  let lineFeeds = 0;
  let bytes = 0;
  let nextLine = linesApart;
  let nextOffset = bytesApart;
  let endsInLine = false;
  /** The end of the last chunk, if a sequence goes on. */
  let held: Buffer = nothing;

  function mark(offset: number): void {
    lines.push(lineFeeds + 1);
    offsets.push(offset);
    states.push(sgr.text());
    nextLine = lineFeeds + linesApart;
    nextOffset = offset + bytesApart;
  }

  function add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    const { length } = chunk;
    let taken = 0;
    let feeds = lineFeeds;
    for (let end = endOfLine(chunk, 0); end < length; end = endOfLine(chunk, end + 1)) {
      feeds += 1;
      if (feeds < nextLine && bytes + end + 1 < nextOffset) continue;
      lineFeeds = feeds;
      takeColors(chunk.subarray(taken, end + 1), true);
      taken = end + 1;
      mark(bytes + taken);
    }
    lineFeeds = feeds;
    takeColors(chunk.subarray(taken), false);
    bytes += length;
    endsInLine = chunk.at(-1) !== lineFeed;
  }

  function takeColors(part: Buffer, isWhole: boolean): void {
    const text = held.length === 0 ? part : Buffer.concat([held, part]);
    const cut = isWhole ? text.length : unfinishedAt(text);
    held = cut === text.length ? nothing : Buffer.from(text.subarray(cut));
    sgr.take(cut === text.length ? text : text.subarray(0, cut));
  }

  return {
    add,
    get total() {
      return lineFeeds + (endsInLine ? 1 : 0);
    },
    get bytes() {
      return bytes;
    },
    find: (line) => lastNotAbove(lines, line),
    at(number) {
      const [line, offset, state] = [lines[number], offsets[number], states[number]];
      return line === undefined || offset === undefined || state === undefined ? undefined : { line, offset, state };
    },
  };
}

/** Where a sequence begins that the next chunk may finish; the end if there is none. */
function unfinishedAt(bytes: Buffer): number {
  const at = bytes.lastIndexOf(0x1b);
  return at !== -1 && bytes.length - at < 64 && !bytes.includes('m', at) ? at : bytes.length;
}
