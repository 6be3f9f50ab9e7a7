import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Env } from '../base/context.ts';
import { fatalError } from '../base/errors.ts';
import { capture } from './capture.ts';

/**
 * One pipe for a script's stdout and stderr, so that their order is kept.
 *
 * Node's own stdio 'pipe' is a socket, on which `echo > /dev/stderr` fails with ENXIO; and it cannot give one pipe to two
 * descriptors. A FIFO that is unlinked as soon as both ends are open is a real pipe.
 */
export interface KernelPipe {
  /** For the child's stdio. Close it with `closeWriter` once the child has it, or the end is never seen. */
  readonly writeFd: number;
  closeWriter(): void;
  /** Chunks until every writer has closed, or `stop` is called. The writers are held back while the reader is busy. */
  chunks(): AsyncIterable<Buffer>;
  /** Ends `chunks` although writers are left. */
  stop(): void;
}

/**
 * @param path a path that does not exist yet, on a file system that knows FIFOs.
 * @throws JciError (128) when it cannot be made.
 */
export async function openKernelPipe(path: string, env: Env): Promise<KernelPipe> {
  const made = await capture('mkfifo', ['-m', '600', path], { cwd: '/', env });
  if (made.exitCode !== 0) throw fatalError(`no pipe could be made for the output: ${made.stderr.trim()}`);
  // Without O_NONBLOCK the reader's open would wait for a writer, and the writer's for a reader.
  const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeFd = openSync(path, constants.O_WRONLY);
  unlinkSync(path);
  const source = readable(readFd);
  return {
    writeFd,
    closeWriter: () => closeSync(writeFd),
    chunks: () => source.chunks(),
    stop: () => source.stop(),
  };
}

interface Source {
  chunks(): AsyncIterable<Buffer>;
  stop(): void;
}

/** The part of bun's own API used in the standalone executable. */
interface BunRuntime {
  file(fd: number): { stream(): ReadableStream<Uint8Array> };
}

function readable(fd: number): Source {
  const bun = (globalThis as { Bun?: BunRuntime }).Bun;
  return bun === undefined ? socketSource(fd) : bunSource(bun, fd);
}

/** libuv polls a pipe like any socket: no thread is blocked by a quiet script. */
function socketSource(fd: number): Source {
  const socket = new Socket({ fd, readable: true, writable: false });
  let stopped = false;
  return {
    async *chunks() {
      try {
        for await (const chunk of socket) yield chunk as Buffer;
      } catch (error) {
        if (!stopped) throw error;
      }
    },
    stop() {
      stopped = true;
      socket.destroy();
    },
  };
}

/** Bun's Socket does not take a pipe, but its own file stream polls one. */
function bunSource(bun: BunRuntime, fd: number): Source {
  const reader = bun.file(fd).stream().getReader();
  return {
    async *chunks() {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield Buffer.from(next.value);
    },
    stop() {
      void reader.cancel();
    },
  };
}
