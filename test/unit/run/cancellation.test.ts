import { describe, expect, test } from 'vitest';
import { createCancellation, type Cancellation } from '../../../src/run/cancellation.ts';

interface Clocked {
  cancellation: Cancellation;
  at(ms: number): void;
  /** Whether SIGKILL is due now. */
  hurried(): Promise<boolean>;
}

function clocked(): Clocked {
  let now = 0;
  const cancellation = createCancellation(() => now);
  return {
    cancellation,
    at: (ms) => {
      now = ms;
    },
    hurried: () => Promise.race([cancellation.hurried.then(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))]),
  };
}

describe('a cancellation', () => {
  test('asked for once: the request is known, everything that waits is told, and nobody is hurried', async () => {
    const { cancellation, hurried } = clocked();
    expect(cancellation.signal.aborted).toBe(false);
    cancellation.cancel('SIGINT', 'Ctrl-C');
    expect(await cancellation.requested).toBe('cancelled');
    expect(cancellation.signal.aborted).toBe(true);
    expect(cancellation.verdict()).toEqual({ outcome: 'cancelled', reason: 'Ctrl-C', cancelSignal: 'SIGINT' });
    expect(await hurried()).toBe(false);
  });

  test('the same signal delivered twice within 500 ms is one', async () => {
    const { cancellation, at, hurried } = clocked();
    at(1000);
    cancellation.cancel('SIGINT', 'Ctrl-C');
    at(1500);
    cancellation.cancel('SIGINT', 'Ctrl-C');
    expect(await hurried()).toBe(false);
    at(1501);
    cancellation.cancel('SIGINT', 'Ctrl-C');
    expect(await hurried()).toBe(true);
  });

  test('the first request decides, whatever comes after', async () => {
    const { cancellation, at } = clocked();
    cancellation.cancel('SIGHUP', 'the terminal is gone');
    at(5000);
    cancellation.cancel('SIGTERM', 'again');
    cancellation.breakOff('the log could not be written');
    expect(cancellation.verdict()).toEqual({ outcome: 'cancelled', reason: 'the terminal is gone', cancelSignal: 'SIGHUP' });
    expect(await cancellation.requested).toBe('cancelled');
  });

  test('breaking off is no cancellation of the user, but a later Ctrl-C hurries it', async () => {
    const { cancellation, at, hurried } = clocked();
    cancellation.breakOff('the log could not be written');
    expect(await cancellation.requested).toBe('broken');
    expect(cancellation.verdict()).toEqual({ outcome: 'broken', reason: 'the log could not be written' });
    expect(await hurried()).toBe(false);
    at(2000);
    cancellation.cancel('SIGINT', 'Ctrl-C');
    expect(cancellation.verdict().outcome).toBe('broken');
    expect(await hurried()).toBe(true);
  });
});
