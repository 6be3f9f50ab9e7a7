import type { CancelSignal } from '../model/outcome.ts';

/** `git jci` in a terminal delivers Ctrl-C twice within a millisecond: once from the terminal, once from git. */
const sameSignalMs = 500;

/** A request to end a run, from wherever it comes. One per run; asking twice is harmless. */
export interface Cancellation {
  /** Resolves with the first request. */
  readonly requested: Promise<'cancelled' | 'broken'>;
  /** Resolves when somebody asks again: SIGKILL now rather than after the grace period. */
  readonly hurried: Promise<void>;
  /** Aborted with the first request, for whatever waits. */
  readonly signal: AbortSignal;
  /** A signal, or `git jci cancel`. */
  cancel(signal: CancelSignal, reason: string): void;
  /** We ourselves cannot go on. */
  breakOff(reason: string): void;
  /** What the run ended as, once requested. */
  verdict(): { outcome: 'cancelled' | 'broken'; reason: string; cancelSignal?: CancelSignal };
}

export function createCancellation(elapsed: () => number): Cancellation {
  let request: { outcome: 'cancelled' | 'broken'; reason: string; cancelSignal?: CancelSignal } | undefined;
  let requestedAt = 0;
  const abort = new AbortController();
  let resolveRequest: (kind: 'cancelled' | 'broken') => void = () => undefined;
  let resolveHurry: () => void = () => undefined;
  const requested = new Promise<'cancelled' | 'broken'>((resolve) => {
    resolveRequest = resolve;
  });
  const hurried = new Promise<void>((resolve) => {
    resolveHurry = resolve;
  });
  return {
    requested,
    hurried,
    signal: abort.signal,
    cancel(cancelSignal, reason) {
      if (request !== undefined) {
        if (elapsed() - requestedAt > sameSignalMs) resolveHurry();
        return;
      }
      request = { outcome: 'cancelled', reason, cancelSignal };
      requestedAt = elapsed();
      resolveRequest('cancelled');
      abort.abort();
    },
    breakOff(reason) {
      if (request !== undefined) return;
      request = { outcome: 'broken', reason };
      resolveRequest('broken');
      abort.abort();
    },
    verdict: () => request ?? { outcome: 'cancelled', reason: 'cancelled' },
  };
}
