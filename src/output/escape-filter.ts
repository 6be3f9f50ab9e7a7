import { colorSequence, escapeSequence, maxSequence, unfinishedSequence } from './escape-sequences.ts';
import { stripEscapes } from './strip-escapes.ts';

/** Takes escape sequences out of a stream of bytes, in any chunks. Every other byte stays. */
export interface EscapeFilter {
  write(chunk: Buffer): Buffer;
  end(): Buffer;
}

const escape = 0x1b;
const nothing = Buffer.alloc(0);
const unwanted = new RegExp(`(?!${colorSequence})(?:${escapeSequence})`, 'g');

/** @param colors true to let colours through. */
export function createEscapeFilter({ colors }: { colors: boolean }): EscapeFilter {
  const clean = colors ? stripAllButColors : stripEscapes;
  let held: Buffer = nothing;
  return {
    write(chunk) {
      if (held.length === 0 && !chunk.includes(escape)) return chunk;
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const cut = unfinishedAt(bytes);
      held = Buffer.from(bytes.subarray(cut));
      return clean(bytes.subarray(0, cut));
    },
    end() {
      const rest = clean(held);
      held = nothing;
      return rest;
    },
  };
}

/** One character for each byte, so that bytes that are no UTF-8 stay what they are. */
const stripAllButColors = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replace(unwanted, ''), 'latin1');

/** Where a sequence begins that the next chunk may finish; the end if there is none. */
function unfinishedAt(bytes: Buffer): number {
  const start = Math.max(0, bytes.length - maxSequence);
  return start + (unfinishedSequence.exec(bytes.toString('latin1', start))?.index ?? bytes.length - start);
}
