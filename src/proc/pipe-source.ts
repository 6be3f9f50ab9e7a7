import { closeSync } from 'node:fs';
import { Socket, type ConnectOpts, type SocketConstructorOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The end of a pipe that is read, as this runtime can read it without blocking a thread while nothing comes. */
export interface PipeSource {
  /** What is in the pipe, once there is something; the caller may keep it. `undefined` after the end, or after `stop`. */
  next(): Promise<Buffer | undefined>;
  /** About a millisecond in which nothing is read, and so nobody is woken by what is written. */
  rest(): Promise<void>;
  /** Ends it, although writers may be left. After the end it does nothing. */
  stop(): void;
}

/** Opens the source for a descriptor in non-blocking mode, which belongs to it from now on. */
export function openPipeSource(fd: number): PipeSource {
  const bun = (globalThis as { Bun?: BunRuntime }).Bun;
  return bun === undefined ? openSocketSource(fd) : openBunSource(bun, fd);
}

/** What fits into a pipe, unless somebody has enlarged it. */
const bufferBytes = 64 * 1024;

const restMs = 1;

/**
 * Libuv polls a pipe like any socket. With `onread` the socket stops after every chunk, so it takes nothing out of the
 * pipe, and is woken by nothing, until the next one is asked for.
 */
function openSocketSource(fd: number): PipeSource {
  const buffer = Buffer.allocUnsafeSlow(bufferBytes);
  let arrived: number | undefined;
  let failure: Error | undefined;
  let isOver = false;
  let wake = (): void => undefined;
  const onread = {
    buffer,
    callback(size: number) {
      arrived = size;
      wake();
      return false;
    },
  };
  const options: SocketConstructorOpts & Pick<ConnectOpts, 'onread'> = { fd, readable: true, writable: false, onread };
  const socket = new Socket(options);
  socket.once('error', (error) => (failure = error));
  socket.once('close', () => {
    isOver = true;
    wake();
  });
  return {
    async next() {
      if (arrived === undefined && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          socket.resume();
        });
      }
      if (failure !== undefined) throw failure;
      if (arrived === undefined) return undefined;
      const chunk = Buffer.from(buffer.subarray(0, arrived));
      arrived = undefined;
      return chunk;
    },
    rest: () => sleep(restMs),
    stop: () => socket.destroy(),
  };
}

/** The part of bun's own API used in the standalone executable. */
interface BunRuntime {
  file(fd: number): { stream(): ReadableStream<Uint8Array> };
  sleepSync(ms: number): void;
}

/** Bun's Socket does not take a pipe, but its own file stream polls a copy of the descriptor. */
function openBunSource(bun: BunRuntime, fd: number): PipeSource {
  const reader = bun.file(fd).stream().getReader();
  let isOpen = true;
  function stop(): void {
    if (isOpen) closeSync(fd);
    isOpen = false;
    void reader.cancel();
  }
  return {
    async next() {
      const { value } = await reader.read();
      if (value !== undefined) return Buffer.from(value);
      stop();
      return undefined;
    },
    /**
     * Blocks this thread, for the stream reads ahead whenever the thread is free: that would be a wake for each line
     * again, and a queue of single lines.
     */
    rest() {
      bun.sleepSync(restMs);
      return Promise.resolve();
    },
    stop,
  };
}
