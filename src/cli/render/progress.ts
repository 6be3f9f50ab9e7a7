import { formatSize } from '../../base/byte-size.ts';
import type { Context } from '../../base/context.ts';
import { displayWidth, truncate } from './any-fit.ts';
import { showsUnicode } from './unicode.ts';

export interface ProgressOptions {
  /** `restoring`, `receiving results`, ... */
  label: string;
  /** Known from the start, or given later to `update`. */
  total?: number;
  /** `bytes` are shown as sizes; any other word follows the count (`objects`, `refs`). */
  unit: string;
}

/** One line on stderr that tells how far long work has got. */
export interface Progress {
  update(done: number, total?: number): void;
  /** Erases the line. Call it in `finally`. */
  end(): void;
}

/** Work that ends sooner shows nothing: a line that only flickers tells nobody anything. */
const firstDrawMs = 300;
const redrawMs = 100;

const eraseLine = '\r\x1b[K';

/**
 * Starts a progress line. Only a terminal sees it; into a pipe or a log nothing is written, as with git itself.
 */
export function createProgress(ctx: Context, options: ProgressOptions): Progress {
  const { stderr } = ctx;
  if (!stderr.isTTY || ctx.env['TERM'] === 'dumb') return { update: () => undefined, end: () => undefined };
  const unicode = showsUnicode(ctx);
  let nextDraw = ctx.elapsed() + firstDrawMs;
  let drawn = false;
  return {
    update(done, total = options.total) {
      const now = ctx.elapsed();
      if (now < nextDraw) return;
      nextDraw = now + redrawMs;
      drawn = true;
      // The last column stays free: a character there makes some terminals start a new line.
      stderr.write(eraseLine + fitLine(options, done, total, (stderr.columns ?? 80) - 1, unicode));
    },
    end() {
      if (drawn) stderr.write(eraseLine);
      drawn = false;
    },
  };
}

const barWidth = 24;

function fitLine({ label, unit }: ProgressOptions, done: number, total: number | undefined, width: number, unicode: boolean): string {
  const more = unicode ? '…' : '>';
  const amount = (count: number): string => (unit === 'bytes' ? formatSize(count) : String(count));
  const noun = unit === 'bytes' ? '' : ` ${unit}`;
  if (total === undefined || total <= 0) return truncate(`${label}: ${amount(done)}${noun}`, width, more);
  const share = Math.min(1, done / total);
  const text = `${label}: ${String(Math.floor(share * 100)).padStart(3)}%  ${amount(done)} of ${amount(total)}${noun}`;
  const withBar = `${text}  ${bar(share, unicode)}`;
  return displayWidth(withBar) <= width ? withBar : truncate(text, width, more);
}

function bar(share: number, unicode: boolean): string {
  const full = Math.round(share * barWidth);
  return (unicode ? '━' : '#').repeat(full) + (unicode ? '─' : '-').repeat(barWidth - full);
}
