import type { OutputStream } from '../../base/output-stream.ts';

/** More of a line than this fits no terminal. */
const maxLineBytes = 500;

/** An output stream that keeps only the last line with text in it, for a live table. */
export function lastLineOf(show: (line: string) => void): OutputStream {
  let rest = '';
  return {
    isTTY: false,
    columns: undefined,
    rows: undefined,
    closed: false,
    write(chunk) {
      const tail = typeof chunk === 'string' ? chunk.slice(-4 * maxLineBytes) : Buffer.from(chunk.subarray(-4 * maxLineBytes)).toString('utf8');
      const lines = `${rest}${tail}`.split('\n');
      rest = (lines.at(-1) ?? '').slice(0, maxLineBytes);
      const line = lines.findLast((text) => text.trim() !== '' && !text.startsWith('::'));
      if (line !== undefined) show(line.slice(0, maxLineBytes));
    },
    drained: () => Promise.resolve(),
    flushed: () => Promise.resolve(),
  };
}
