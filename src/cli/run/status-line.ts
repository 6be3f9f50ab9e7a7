import type { Context } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';
import { createCursorWatch } from './cursor-watch.ts';
import { divert } from './divert.ts';

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
  const output = watchOutput(ctx);
  const line = createErasableLine(stdout);
  let timer: NodeJS.Timeout | undefined;

  async function draw(text: (columns: number) => Promise<string>): Promise<void> {
    if (!output.rests()) return;
    // The last column stays free: a character there makes some terminals start a new line.
    const shown = await text((stdout.columns ?? 80) - 1);
    // Something may have been written meanwhile, or the run is over.
    if (output.rests() && timer !== undefined) line.show(shown);
  }

  function end(): void {
    clearInterval(timer);
    timer = undefined;
    line.erase();
  }

  return {
    out: divert(stdout, {
      write(chunk) {
        line.erase();
        output.note(chunk);
        stdout.write(chunk);
      },
    }),
    start(text) {
      // Whatever keeps it from telling of the run must not end the run.
      timer ??= setInterval(() => void draw(text).catch(end), tickMs);
      // The clock on the screen must not be what keeps the process alive.
      timer.unref();
    },
    end,
  };
}

/** Knows whether there is room for a line, and nothing else to look at. */
function watchOutput(ctx: Context): { note(chunk: string | Uint8Array): void; rests(): boolean } {
  const cursor = createCursorWatch();
  let lastWrite = ctx.elapsed();
  return {
    note(chunk) {
      lastWrite = ctx.elapsed();
      cursor.note(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
    },
    rests: () => cursor.isOnFreeLine() && ctx.elapsed() - lastWrite >= quietMs,
  };
}

/** A line at the cursor, which stays at its end. */
function createErasableLine(out: OutputStream): { show(text: string): void; erase(): void } {
  let shown: string | undefined;
  return {
    show(text) {
      if (text !== shown) out.write(eraseLine + text);
      shown = text;
    },
    erase() {
      if (shown !== undefined) out.write(eraseLine);
      shown = undefined;
    },
  };
}
