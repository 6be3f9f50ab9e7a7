import { isBlank, lineFeed } from './ascii.ts';
import { findCommand } from './find-command.ts';

/** Passes a stream of bytes on, with something else in place of the lines that are commands. */
export interface CommandReplacer {
  write(chunk: Buffer): void;
  /** Passes on what was held back. */
  end(): void;
}

/** A line that begins as a command and is longer than this is none: it is passed on as it is. */
const maxCommandBytes = 8 * 1024;

const colon = 0x3a;
const nothing = Buffer.alloc(0);

/**
 * All bytes go on as they come, byte for byte and without delay, but for lines that begin with `::`, after white space.
 * @param replace gets such a line with its line feed; `undefined` leaves it as it is, an empty text takes it out.
 * @param give gets the bytes in their order.
 */
export function createCommandReplacer(replace: (line: string) => string | undefined, give: (bytes: Buffer) => void): CommandReplacer {
  /** The beginning of a line that may become a command; `undefined` in the middle of a line that is none. */
  let held: Buffer | undefined = nothing;

  function giveAll(bytes: Buffer): void {
    if (bytes.length > 0) give(bytes);
  }

  function giveReplaced(line: Buffer): void {
    const isCommand = line.length <= maxCommandBytes && mayBeCommand(line);
    const text = isCommand ? replace(line.toString('utf8')) : undefined;
    giveAll(text === undefined ? line : Buffer.from(text));
  }

  /** Passes on whole lines, in as few pieces as there can be. @returns where what is left begins. */
  function giveLines(bytes: Buffer, firstLine: number, end: number): number {
    let given = 0;
    for (let at = findCommand(bytes, firstLine, end); at !== -1; at = findCommand(bytes, given, end)) {
      giveAll(bytes.subarray(given, at));
      given = bytes.indexOf(lineFeed, at) + 1;
      giveReplaced(bytes.subarray(at, given));
    }
    return given;
  }

  return {
    write(chunk) {
      const bytes = held === undefined || held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const firstLine = held === undefined ? bytes.indexOf(lineFeed) + 1 : 0;
      const lastLine = bytes.lastIndexOf(lineFeed) + 1;
      const given = giveLines(bytes, firstLine, lastLine);
      const rest = bytes.subarray(lastLine);
      const isInside = held === undefined && lastLine === 0;
      const waits = !isInside && rest.length <= maxCommandBytes && mayBeCommand(rest);
      giveAll(bytes.subarray(given, waits ? lastLine : bytes.length));
      held = waits ? Buffer.from(rest) : undefined;
    },
    end() {
      if (held !== undefined) giveAll(held);
      held = undefined;
    },
  };
}

/** True for every line that begins with `::` after white space, and for every beginning of one. */
function mayBeCommand(line: Buffer): boolean {
  let at = 0;
  while (isBlank(line[at])) at += 1;
  return (line[at] ?? colon) === colon && (line[at + 1] ?? colon) === colon;
}
