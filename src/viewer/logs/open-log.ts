import type { LiveProgress } from '../../run/live-progress.ts';
import { createLineIndex, type LineIndex } from './line-index.ts';
import type { LogBytes } from './log-bytes.ts';

/** A log that can be read by line, while it may still grow. */
export interface OpenLog {
  readonly index: LineIndex;
  /** As far as the index goes. */
  read(offset: number, length: number): Buffer;
  /** Nothing will be added. */
  readonly complete: boolean;
  /** Why it could not be read to its end. */
  readonly failure: unknown;
  /** When a line came, in ms since the start of the run; `null` where nobody knows. */
  timeOf(line: number): number | null;
  /** Of a run under way: a stored one has lists of its own. */
  readonly progress: LogProgress | undefined;
  /** Calls when it has grown, has become complete or has failed. @returns what ends that. */
  watch(onChange: () => void): () => void;
}

/** What a run under way has come to, as far as its log is read. */
export interface LogProgress {
  read(): Promise<LiveProgress>;
  /** Another text whenever a step has begun or ended, or something was pointed out. */
  state(): string;
}

/** What is known of a log beside its bytes. */
export type LogFacts = Pick<OpenLog, 'timeOf' | 'progress'>;

/** The side of it that fills it. */
export interface LogFiller {
  log: OpenLog;
  /** There is news that is not in the log yet. */
  changed(): void;
  added(chunk: Buffer): void;
  completed(failure?: unknown): void;
}

export function createOpenLog(bytes: LogBytes, facts: LogFacts): LogFiller {
  const index = createLineIndex();
  const listeners = new Set<() => void>();
  let complete = false;
  let failure: unknown;
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    log: {
      index,
      read: (offset, length) => bytes.read(offset, Math.min(length, index.bytes - offset)),
      get complete() {
        return complete;
      },
      get failure() {
        return failure;
      },
      ...facts,
      watch(onChange) {
        // A function of its own: the same one may be given twice.
        const listener = (): void => onChange();
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    changed: tell,
    added(chunk) {
      index.add(chunk);
      tell();
    },
    completed(cause) {
      failure = cause;
      complete = true;
      tell();
    },
  };
}

/**
 * Waits until so many lines are known, or all.
 * @throws what kept the log from being read.
 */
export async function whenKnown(log: OpenLog, line: number, signal: AbortSignal): Promise<void> {
  await untilChanged(log, () => log.complete || log.index.total > line, signal);
  // What has been read before it failed is as good as ever.
  if (log.failure !== undefined && log.index.total < line) throw asError(log.failure);
}

/** Waits until so many bytes of it are read, or all. */
export const whenRead = (log: OpenLog, bytes: number, signal: AbortSignal): Promise<void> => untilChanged(log, () => log.complete || log.index.bytes >= bytes, signal);

/** What was thrown, as an error. */
export const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

/** Resolves when all lines are known, or when the signal comes. */
export const whenComplete = (log: OpenLog, signal: AbortSignal): Promise<void> => untilChanged(log, () => log.complete, signal);

/** Resolves with the next change, or when the signal comes. */
export function nextChange(log: OpenLog, signal: AbortSignal): Promise<void> {
  let isFirst = true;
  const hasChanged = (): boolean => !isFirst;
  const changed = untilChanged(log, hasChanged, signal);
  isFirst = false;
  return changed;
}

/** Asked again after each change: thousands come while a log is read, and a promise for each would cost more than reading it. */
function untilChanged(log: OpenLog, isEnough: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || isEnough()) {
      resolve();
      return;
    }
    const done = (): void => {
      unwatch();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unwatch = log.watch(() => {
      if (isEnough()) done();
    });
    signal.addEventListener('abort', done);
  });
}
