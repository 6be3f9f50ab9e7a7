import { write } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { hasCode } from './errors.ts';

/** Writes to descriptors, in the order in which it was asked to. */
export interface WriteQueue {
  /** Calls back when the bytes have left this process, or with the system error that came instead. */
  write(fd: number, bytes: Uint8Array, done: Done): void;
}

type Done = (error?: unknown) => void;

const againMs = 5;

interface Batch {
  fd: number;
  chunks: Uint8Array[];
  done: Done[];
}

/**
 * A thread waits for whoever does not take what is written (a terminal that was stopped with Ctrl-S, a reader who stands
 * still), and nothing else does.
 *
 * Node's stream blocks the whole process on such a terminal, and puts a pipe into non-blocking mode for every process that
 * shares it. Bun's tells of no full device, and of no reader who left while a write was waiting.
 */
export function createWriteQueue(): WriteQueue {
  const batches: Batch[] = [];
  let isWriting = false;
  const writeBatches = async (): Promise<void> => {
    isWriting = true;
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const error = await writeAll(batch.fd, joined(batch.chunks));
      for (const done of batch.done) done(error);
    }
    isWriting = false;
  };
  return {
    write(fd, bytes, done) {
      const last = batches.at(-1);
      if (last?.fd === fd) {
        last.chunks.push(bytes);
        last.done.push(done);
      } else batches.push({ fd, chunks: [bytes], done: [done] });
      if (!isWriting) void writeBatches();
    },
  };
}

const joined = (chunks: readonly Uint8Array[]): Uint8Array => (chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));

/** @returns the system error, if one came. */
async function writeAll(fd: number, bytes: Uint8Array): Promise<unknown> {
  for (let at = 0; at < bytes.length; ) {
    const { error, written } = await writeSome(fd, bytes.subarray(at));
    if (error === null) at += written;
    // Somebody who shares a pipe made it non-blocking, and Node cannot be asked when it has room again.
    else if (hasCode(error, 'EAGAIN')) await setTimeout(againMs);
    else return error;
  }
  return undefined;
}

const writeSome = (fd: number, bytes: Uint8Array): Promise<{ error: unknown; written: number }> =>
  new Promise((resolve) => write(fd, bytes, (error, written) => resolve({ error, written })));
