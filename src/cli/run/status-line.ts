import type { Context } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';
import { createCursorWatch } from './cursor-watch.ts';

/** A line below a script's output, drawn while there is none. */
export interface StatusLine {
  /** stdout: what is written to it takes the line away first. */
  out: OutputStream;
  /** Begins to draw, once a second, what this gives. It gets the columns there are. */
  start(text: (columns: number) => Promise<string>): void;
  /** Takes the line away for good. */
  end(): void;
}

/** Output that is followed by more so soon needs nothing beside it. */
const quietMs = 1000;
/** Twice a second, so that the clock in it misses none. */
const tickMs = 500;
const eraseLine = '\r\x1b[K';

/**
 * Draws a status line on a terminal; into a pipe and on dumb terminals nothing.
 *
 * It never stands where the script has written: not behind the beginning of a line, and never again once the script has
 * moved the cursor.
 */
export function createStatusLine(ctx: Context): StatusLine {
  const { stdout } = ctx;
  if (!stdout.isTTY || ctx.env['TERM'] === 'dumb') return { out: stdout, start: () => undefined, end: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let drawn: string | undefined;
  let lastWrite = ctx.elapsed();
  const cursor = createCursorWatch();

  function erase(): void {
    if (drawn !== undefined) stdout.write(eraseLine);
    drawn = undefined;
  }

  const isQuiet = (): boolean => cursor.isOnFreeLine() && ctx.elapsed() - lastWrite >= quietMs && timer !== undefined;

  async function draw(text: (columns: number) => Promise<string>): Promise<void> {
    if (!isQuiet()) return;
    // The last column stays free: a character there makes some terminals start a new line.
    const line = await text((stdout.columns ?? 80) - 1);
    // Something may have been written meanwhile.
    if (!isQuiet() || line === drawn) return;
    stdout.write(eraseLine + line);
    drawn = line;
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    erase();
  }

  return {
    out: {
      isTTY: true,
      get columns() {
        return stdout.columns;
      },
      get rows() {
        return stdout.rows;
      },
      get closed() {
        return stdout.closed;
      },
      write(chunk) {
        erase();
        lastWrite = ctx.elapsed();
        cursor.note(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
        stdout.write(chunk);
      },
      drained: () => stdout.drained(),
      flushed: () => stdout.flushed(),
    },
    start(text) {
      timer ??= setInterval(() => {
        // Whatever keeps it from telling of the run must not end the run.
        draw(text).catch(stop);
      }, tickMs);
      // The clock on the screen must not be what keeps the process alive.
      timer.unref();
    },
    end: stop,
  };
}
