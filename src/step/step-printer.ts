import { writeSync } from 'node:fs';
import { hasCode } from '../base/errors.ts';

/**
 * Writes a step's block to stdout: `::group::`, its output, `::endgroup::`, each on lines of its own. The end names the step
 * too, because the command may leave a group of its own open, and says how it ended for whoever reads the log.
 */
export interface StepPrinter {
  begin(): void;
  write(chunk: Uint8Array): void;
  end(how: StepEnd): void;
}

export interface StepEnd {
  exitCode: number;
  durationMs: number;
}

const lineFeed = 10;

/** @param id tells the run which step this block belongs to. */
export function createStepPrinter(id: string, name: string): StepPrinter {
  let last = lineFeed;
  return {
    begin: () => writeFully(Buffer.from(`::group id=${id}::${escapeMessage(name)}\n`)),
    write(chunk) {
      writeFully(chunk);
      last = chunk.at(-1) ?? last;
    },
    end({ exitCode, durationMs }) {
      const properties = `id=${id},exit=${exitCode},ms=${durationMs}`;
      writeFully(Buffer.from(`${last === lineFeed ? '' : '\n'}::endgroup ${properties}::${escapeMessage(name)}\n`));
    },
  };
}

/** As GitHub's workflow commands do it. */
const escapeMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A reader that keeps up empties a full pipe (64 KiB) faster than this. */
const fullPipeWaitMs = 5;

/** Straight to the descriptor: Node's own stream would make it non-blocking for the rest of the script. */
function writeFully(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // Somebody else who shares the pipe has made it non-blocking, and it is full.
      if (!hasCode(error, 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fullPipeWaitMs);
    }
  }
}
