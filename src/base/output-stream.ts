import { hasCode } from './errors.ts';
import type { WriteQueue } from './write-queue.ts';

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

/** What an output stream needs to know of its descriptor. */
export interface Descriptor {
  readonly fd: number;
  readonly isTTY: boolean;
  /** Of the terminal, as it is now; 0 where nobody told it its size: a serial line, some containers. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** So much may be on its way before a writer should wait: about what a pipe takes at once. */
const keptBytes = 64 * 1024;

/** A stream into a descriptor, by way of a queue that it may share with others. */
export function outputStream(descriptor: Descriptor, queue: WriteQueue): OutputStream {
  let closed = false;
  let failure: Error | undefined;
  /** Bytes that have not left this process. */
  let pending = 0;
  let waiting: { isOver: () => boolean; resolve: () => void }[] = [];
  const until = (isOver: () => boolean): Promise<void> =>
    isOver() ? Promise.resolve() : new Promise((resolve) => waiting.push({ isOver, resolve }));
  const look = (): void => {
    for (const { isOver, resolve } of waiting) if (isOver()) resolve();
    waiting = waiting.filter(({ isOver }) => !isOver());
  };
  const close = (error: unknown): void => {
    // EPIPE, ECONNRESET: the reader has gone. EIO: the terminal has.
    if (!closed && !hasCode(error, 'EPIPE', 'ECONNRESET', 'EIO')) failure = error instanceof Error ? error : new Error(String(error));
    closed = true;
  };
  return {
    get isTTY() {
      return descriptor.isTTY;
    },
    get columns() {
      return known(descriptor.columns);
    },
    get rows() {
      return known(descriptor.rows);
    },
    get closed() {
      return closed;
    },
    get failure() {
      return failure;
    },
    write(chunk) {
      if (closed) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      pending += bytes.length;
      queue.write(descriptor.fd, bytes, (error) => {
        pending -= bytes.length;
        if (error !== undefined) close(error);
        look();
      });
    },
    drained: () => until(() => closed || pending <= keptBytes),
    flushed: () => until(() => closed || pending === 0),
  };
}

const known = (size: number | undefined): number | undefined => (size === 0 ? undefined : size);
