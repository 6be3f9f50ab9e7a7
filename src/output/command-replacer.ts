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

  /** A line that began in an earlier chunk. @returns where the next line begins. */
  function continueLine(chunk: Buffer): number {
    const found = chunk.indexOf(lineFeed);
    const end = found === -1 ? chunk.length : found + 1;
    const piece = chunk.subarray(0, end);
    if (held === undefined) {
      giveAll(piece);
      if (found !== -1) held = nothing;
      return end;
    }
    const line = Buffer.concat([held, piece]);
    held = nothing;
    if (found === -1) hold(line);
    else giveReplaced(line);
    return end;
  }

  /** The last line of a chunk, without a line feed so far. */
  function hold(line: Buffer): void {
    const waits = line.length <= maxCommandBytes && mayBeCommand(line);
    if (!waits) giveAll(line);
    held = waits ? Buffer.from(line) : undefined;
  }

  return {
    write(chunk) {
      let at = held?.length === 0 ? 0 : continueLine(chunk);
      const lastLine = chunk.lastIndexOf(lineFeed) + 1;
      while (at < lastLine) {
        const command = findCommand(chunk.subarray(0, lastLine), at);
        giveAll(chunk.subarray(at, command === -1 ? lastLine : command));
        at = lastLine;
        if (command === -1) break;
        at = chunk.indexOf(lineFeed, command) + 1;
        giveReplaced(chunk.subarray(command, at));
      }
      if (at < chunk.length) hold(chunk.subarray(at));
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
