import { StringDecoder } from 'node:string_decoder';

/** Makes a log from elsewhere safe to show on a terminal, in any chunks. */
export interface TerminalFilter {
  write(chunk: Buffer): string;
  end(): string;
}

/** A sequence that is not finished is waited for at the end of a chunk, but no longer than this: then it goes as it is. */
const maxSequence = 64;

/*
 * Let through: text, tab, line feed, carriage return, and colours (SGR). Everything else that a terminal acts on goes:
 * cursor movement could hide what was said before, OSC sets titles, links and the clipboard, bidi marks reorder a line.
 * No sequence reaches over a line feed: one that is never finished must not hide the lines behind it.
 */
const csi = '\\x1b\\[[0-?]*[ -/]*[@-~]';
const osc = '\\x1b[\\]PX^_][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\)?';
const other = '\\x1b[ -/]*[0-~]?';
const controls = '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1a\\x1c-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]';
const unsafe = new RegExp([csi, osc, other, controls].join('|'), 'g');
const color = new RegExp('^\\x1b\\[[\\d;:]*m$');
const unfinished = new RegExp('\\x1b(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\\x07\\x1b\\n]*|[ -/]*)?$');

/** A filter for one log. */
export function createTerminalFilter(): TerminalFilter {
  const decoder = new StringDecoder('utf8');
  let held = '';
  return {
    write(chunk) {
      const text = held + decoder.write(chunk);
      const tail = text.slice(-maxSequence);
      const cut = text.length - tail.length + (unfinished.exec(tail)?.index ?? tail.length);
      held = text.slice(cut);
      return clean(text.slice(0, cut));
    },
    end: () => clean(held + decoder.end()),
  };
}

const clean = (text: string): string => text.replace(unsafe, (sequence) => (color.test(sequence) ? sequence : ''));
