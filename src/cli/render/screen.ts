import { Writable } from 'node:stream';
import type { OutputStream } from '../../base/output-stream.ts';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** Lines at the bottom of a terminal that are drawn over again. */
export interface Screen {
  size(): TerminalSize;
  show(lines: readonly string[]): void;
  /** Erases what is shown; later calls of `show` do nothing. */
  close(): void;
}

/** The terminal that terminals have imitated ever since. */
const usual: TerminalSize = { columns: 80, rows: 24 };

/** The size of a terminal now. */
export const sizeOf = (stream: OutputStream): TerminalSize => ({ columns: stream.columns ?? usual.columns, rows: stream.rows ?? usual.rows });

/**
 * Takes over the lines below the cursor.
 *
 * log-update is loaded when the first screen opens: most commands never draw.
 */
export function openScreen(stream: OutputStream): Screen {
  const size = (): TerminalSize => sizeOf(stream);
  let draw: ((text: string) => void) | undefined;
  let clear = (): void => undefined;
  let latest = '';
  let closed = false;
  void import('log-update').then(({ createLogUpdate }) => {
    if (closed) return;
    // The cursor stays: hidden, it would be gone for good after a SIGKILL.
    const update = createLogUpdate(terminalStream(stream, size), { showCursor: true });
    draw = update;
    clear = () => update.clear();
    if (latest !== '') draw(latest);
  });
  return {
    size,
    show(lines) {
      latest = lines.join('\n');
      if (!closed && latest !== '') draw?.(latest);
    },
    close() {
      if (closed) return;
      closed = true;
      clear();
    },
  };
}

/** Our stream in the shape that log-update asks for. */
function terminalStream(stream: OutputStream, size: () => TerminalSize): Writable {
  const writable = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      stream.write(chunk);
      done();
    },
  });
  return Object.defineProperties(writable, {
    isTTY: { value: true },
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
  });
}
