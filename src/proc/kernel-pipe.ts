import { closeSync, constants, mkdirSync, openSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Env } from '../base/context.ts';
import { fatalError, hasCode } from '../base/errors.ts';
import { capture } from './capture.ts';
import { createPace } from './pace.ts';
import { openPipeSource, type PipeSource } from './pipe-source.ts';

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
  /** Takes its name away. Call it when `chunks` has ended. */
  dispose(): void;
}

/** More would only pile up. */
const maxSpares = 8;

/**
 * @param path a path that does not exist yet, on a file system that knows FIFOs.
 * @param spares a folder of pipes that nobody uses any more: taking one saves the process that makes one.
 * @throws JciError (128) when it cannot be made.
 */
export async function openKernelPipe(path: string, env: Env, spares?: string): Promise<KernelPipe> {
  if (spares === undefined || !takeSpare(spares, path)) await makePipe(path, env);
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
      if (stopped || spares === undefined || !keepSpare(spares, path)) unlinkSync(path);
    },
  };
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

async function makePipe(path: string, env: Env): Promise<void> {
  const made = await capture('mkfifo', ['-m', '600', path], { cwd: '/', env });
  if (made.exitCode !== 0) throw fatalError(`no pipe could be made for the output: ${made.stderr.trim()}`);
}

/** A name can be moved only once: of several that want the same spare, one gets it. */
function takeSpare(folder: string, path: string): boolean {
  return namesIn(folder).some((name) => moved(join(folder, name), path));
}

function keepSpare(folder: string, path: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return namesIn(folder).length < maxSpares && moved(path, join(folder, basename(dirname(path))));
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
