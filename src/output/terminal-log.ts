import { StringDecoder } from 'node:string_decoder';
import { colorSequence, escapeSequence, maxSequence, unfinishedSequence } from './escape-sequences.ts';

/** Makes a log from elsewhere safe to show on a terminal, in any chunks. */
export interface TerminalFilter {
  write(chunk: Buffer): string;
  end(): string;
}

/*
 * Let through: text, tab, line feed, carriage return, and colours (SGR) if they are wanted. Everything else that a terminal
 * acts on goes: cursor movement could hide what was said before, OSC sets titles, links and the clipboard, bidi marks
 * reorder a line.
 */
const controls = '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1a\\x1c-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]';
const unsafe = new RegExp(`${escapeSequence}|${controls}`, 'g');
const color = new RegExp(`^${colorSequence}$`);

/** Text of which nothing but text and tabs, line ends and colours is left. It must not end within a sequence. */
export const keepTextAndColors = (text: string): string => text.replace(unsafe, (sequence) => (color.test(sequence) ? sequence : ''));

/** The same without the colours. */
export const keepText = (text: string): string => text.replace(unsafe, '');

/** A filter for one log. */
export function createTerminalFilter({ colors }: { colors: boolean } = { colors: true }): TerminalFilter {
  const decoder = new StringDecoder('utf8');
  const clean = colors ? keepTextAndColors : keepText;
  let held = '';
  return {
    write(chunk) {
      const text = held + decoder.write(chunk);
      const tail = text.slice(-maxSequence);
      const cut = text.length - tail.length + (unfinishedSequence.exec(tail)?.index ?? tail.length);
      held = text.slice(cut);
      return clean(text.slice(0, cut));
    },
    end: () => clean(held + decoder.end()),
  };
}
