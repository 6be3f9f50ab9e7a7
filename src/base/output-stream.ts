import { hasCode } from './errors.ts';

/** Where text goes: a terminal, a pipe or a file. */
export interface OutputStream {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Never throws, also when nobody reads any more (`git jci ls | head`). */
  write(chunk: string | Uint8Array): void;
  /** Resolves when what was written is on its way, or nobody reads any more: for writers with much to say. */
  drained(): Promise<void>;
}

/** Wraps one of Node's streams. */
export function outputStream(stream: NodeJS.WriteStream): OutputStream {
  let closed = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  stream.on('error', (error) => {
    // EPIPE: the reader has gone. EIO: the terminal has.
    if (!hasCode(error, 'EPIPE', 'EIO', 'ERR_STREAM_DESTROYED')) throw error;
    closed = true;
    wake();
  });
  stream.on('drain', wake);
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
    write(chunk) {
      if (!closed) stream.write(chunk);
    },
    drained() {
      if (closed || !stream.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
