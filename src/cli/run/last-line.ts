import type { OutputStream } from '../../base/output-stream.ts';
import { plainLook, readableCommand } from '../../output/readable-command.ts';

/** More of a line than this fits no terminal. */
const maxLineBytes = 500;

/**
 * An output stream that keeps only the last line with text in it, for a live table. Of a command (`::group::build`) it
 * keeps what a person reads in its place.
 */
export function lastLineOf(unicode: boolean, show: (line: string) => void): OutputStream {
  const look = plainLook(unicode);
  let rest = '';
  return {
    isTTY: false,
    columns: undefined,
    rows: undefined,
    closed: false,
    write(chunk) {
      const tail = typeof chunk === 'string' ? chunk.slice(-4 * maxLineBytes) : Buffer.from(chunk.subarray(-4 * maxLineBytes)).toString('utf8');
      const lines = `${rest}${tail}`.split('\n');
      const begun = lines.pop() ?? '';
      rest = begun.slice(0, maxLineBytes);
      // Half a command is nothing that somebody can read.
      const shown = [...lines.map((line) => readableCommand(line, look) ?? line), /^\s*:(?::|$)/.test(begun) ? '' : begun];
      const line = shown.findLast((text) => text.trim() !== '');
      if (line !== undefined) show(line.slice(0, maxLineBytes));
    },
    drained: () => Promise.resolve(),
    flushed: () => Promise.resolve(),
  };
}
