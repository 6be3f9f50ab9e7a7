import { StringDecoder } from 'node:string_decoder';

/** Makes a log from elsewhere safe to show on a terminal, in any chunks. */
export interface TerminalFilter {
  write(chunk: Buffer): string;
  end(): string;
}

/** An escape sequence longer than this is none that we let through. */
const maxSequence = 64;

/*
 * Let through: text, tab, line feed, carriage return, and colours (SGR). Everything else that a terminal acts on goes:
 * cursor movement could hide what was said before, OSC sets titles, links and the clipboard.
 */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unsafe = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g;
// eslint-disable-next-line no-control-regex -- see above
const color = /^\x1b\[[\d;:]*m$/;
// eslint-disable-next-line no-control-regex -- see above
const openSequence = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*|[ -/]*)?$/;

/** A filter for one log. */
export function createTerminalFilter(): TerminalFilter {
  const decoder = new StringDecoder('utf8');
  let held = '';
  return {
    write(chunk) {
      const text = held + decoder.write(chunk);
      const open = openSequence.exec(text.slice(-maxSequence));
      const cut = open === null ? text.length : text.length - Math.min(maxSequence, text.length) + open.index;
      held = text.slice(cut);
      return clean(text.slice(0, cut));
    },
    end: () => clean(held + decoder.end()),
  };
}

const clean = (text: string): string => text.replace(unsafe, (sequence) => (color.test(sequence) ? sequence : ''));
