import { hasCode } from './errors.ts';

/** Where text goes: a terminal, a pipe or a file. */
export interface OutputStream {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** Nobody reads any more, or nothing can be written any more. */
  readonly closed: boolean;
  /** Why nothing can be written any more (full disk), where it is not that the reader has gone. */
  readonly failure?: Error | undefined;
  /** Never throws, also when nobody reads any more (`git jci ls | head`) or the disk is full. */
  write(chunk: string | Uint8Array): void;
  /** Resolves when what was written is on its way, or nobody reads any more: for writers with much to say. */
  drained(): Promise<void>;
  /** Resolves when everything written has left this process, or never will. */
  flushed(): Promise<void>;
}

/**
 * Wraps one of Node's streams.
 *
 * Goes by what `write` itself answers and calls back. Under bun `writableNeedDrain` is false however much waits, and an
 * empty write is called back at once: what a slow reader had not taken yet was lost with the process.
 */
function wrapStream(stream: NodeJS.WriteStream): OutputStream {
  let closed = false;
  let failure: Error | undefined;
  let isBehind = false;
  /** Writes that have not left this process. */
  let pending = 0;
  let waiting: { isOver: () => boolean; resolve: () => void }[] = [];
  const until = (isOver: () => boolean): Promise<void> =>
    isOver() ? Promise.resolve() : new Promise((resolve) => waiting.push({ isOver, resolve }));
  const look = (): void => {
    for (const { isOver, resolve } of waiting) if (isOver()) resolve();
    waiting = waiting.filter(({ isOver }) => !isOver());
  };
  const close = (error: unknown): void => {
    // EPIPE: the reader has gone. EIO: the terminal has.
    if (!closed && !hasCode(error, 'EPIPE', 'EIO', 'ERR_STREAM_DESTROYED')) failure = error instanceof Error ? error : new Error(String(error));
    closed = true;
    look();
  };
  stream.on('error', close);
  stream.on('drain', () => {
    isBehind = false;
    look();
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      // 0 where nobody told the terminal its size: a serial line, some containers.
      return stream.columns || undefined;
    },
    get rows() {
      return stream.rows || undefined;
    },
    get closed() {
      return closed;
    },
    get failure() {
      return failure;
    },
    write(chunk) {
      if (closed) return;
      pending += 1;
      try {
        isBehind = !stream.write(chunk, () => {
          pending -= 1;
          look();
        });
      } catch (error) {
        // Node writes to files at once, and throws what comes of it.
        close(error);
      }
    },
    drained: () => until(() => closed || !isBehind),
    flushed: () => until(() => closed || pending === 0),
  };
}

/**
 * A stream of this process, opened when it is first used.
 *
 * Opening one puts a pipe into non-blocking mode for every process that shares it: `git jci step` shares its stdout with
 * the script, whose other commands would then fail with EAGAIN.
 */
export function outputStream(open: () => NodeJS.WriteStream): OutputStream {
  let stream: OutputStream | undefined;
  const opened = (): OutputStream => (stream ??= wrapStream(open()));
  return {
    get isTTY() {
      return opened().isTTY;
    },
    get columns() {
      return opened().columns;
    },
    get rows() {
      return opened().rows;
    },
    get closed() {
      return stream?.closed === true;
    },
    get failure() {
      return stream?.failure;
    },
    write: (chunk) => opened().write(chunk),
    drained: () => stream?.drained() ?? Promise.resolve(),
    flushed: () => stream?.flushed() ?? Promise.resolve(),
  };
}