import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import type { Env } from '../base/context.ts';
import { attempt } from '../base/attempt.ts';
import { createPace } from './pace.ts';
import { openPipeSource, type PipeSource } from './pipe-source.ts';
import { keepSpare, makePipes, takeSpare } from './spare-pipes.ts';

/**
 * One pipe for a script's stdout and stderr, so that their order is kept.
 *
 * Node's own stdio 'pipe' is a socket, on which `echo > /dev/stderr` fails with ENXIO; and it cannot give one pipe to two
 * descriptors. A FIFO is a real pipe.
 */
export interface KernelPipe {
  /** For the child's stdio. Close it with `closeWriter` once the child has it, or the end is never seen. */
  readonly writeFd: number;
  closeWriter(): void;
  /**
   * Chunks until every writer has closed, or `stop` is called. The writers are held back while the reader is busy.
   * What is written in many small pieces may come a millisecond or two later, in one (see `createPace`).
   */
  chunks(): AsyncIterable<Buffer>;
  /** Ends `chunks` although writers are left. */
  stop(): void;
  /** Removes its name, if the system lets us. Call it when `chunks` has ended. */
  dispose(): void;
}

/**
 * @param path a path that does not exist yet, on a file system that knows FIFOs.
 * @param spares a folder of pipes that nobody uses any more: taking one saves the process that makes one.
 * @throws JciError (128) when it cannot be made.
 */
export async function openKernelPipe(path: string, env: Env, spares?: string): Promise<KernelPipe> {
  if (spares === undefined || !takeSpare(spares, path)) await makePipes([path], env);
  // Without O_NONBLOCK the reader's open would wait for a writer, and the writer's for a reader.
  const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeFd = openSync(path, constants.O_WRONLY);
  const source = openPipeSource(readFd);
  let stopped = false;
  return {
    writeFd,
    closeWriter: () => closeSync(writeFd),
    chunks: () => readChunks(source),
    stop() {
      stopped = true;
      source.stop();
    },
    dispose() {
      // After its end no writer is left, so nothing of this run can turn up in the next one's pipe.
      if (stopped || spares === undefined || !keepSpare(spares, path)) removeName(path);
    },
  };
}

/** A name that stays is worth no error: how the script ended is still to be reported. */
function removeName(path: string): void {
  attempt(() => unlinkSync(path));
}

async function* readChunks(source: PipeSource): AsyncGenerator<Buffer> {
  const pace = createPace(() => performance.now());
  try {
    for (let chunk = await source.next(); chunk !== undefined; chunk = await source.next()) {
      yield chunk;
      if (pace.restAfter(chunk.length)) await source.rest();
    }
  } finally {
    source.stop();
  }
}
