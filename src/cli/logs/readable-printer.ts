import type { Call } from '../command.ts';
import { readableOutput } from '../render/readable-output.ts';
import { showsUnicode } from '../render/unicode.ts';
import type { LogPrinter } from './log-printer.ts';

/**
 * Passes a log on as a person reads it.
 *
 * On a terminal only colours are let through: a log that came with a pull could otherwise set the clipboard or the title.
 */
export function readablePrinter({ ctx, ui }: Call<unknown>, next: LogPrinter): LogPrinter {
  let parts: Buffer[] = [];
  const reader = { colors: ui.out, unicode: showsUnicode(ctx) };
  const readable = readableOutput(reader, ctx.stdout.isTTY ? 'safe' : 'piped', (bytes) => parts.push(bytes));

  async function passOn(): Promise<boolean> {
    const ready = parts;
    parts = [];
    for (const part of ready) if (!(await next.take(part))) return false;
    return true;
  }

  return {
    take(chunk) {
      readable.write(chunk);
      return passOn();
    },
    async end() {
      readable.end();
      await passOn();
      await next.end();
    },
  };
}
