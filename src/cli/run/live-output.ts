import type { OutputStream } from '../../base/output-stream.ts';
import { readableOutput, type Reader } from '../render/readable-output.ts';
import { divert } from './divert.ts';

/**
 * Shows a script's output to a person as it comes: lines that are commands to us (`::group::build`, `::error file=a.c::...`)
 * in the form a person wants, everything else byte for byte and without delay. Into a pipe it goes without escape sequences.
 */
export function liveOutput(out: OutputStream, reader: Reader): OutputStream {
  const readable = readableOutput(reader, out.isTTY ? 'kept' : 'piped', (bytes) => out.write(bytes));
  return divert(out, {
    write: (chunk) => readable.write(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)),
    flushed() {
      readable.end();
      return out.flushed();
    },
  });
}
