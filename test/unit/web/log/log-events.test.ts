import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForLines } from '../../../../web/log/log-events.ts';

/** A server that does not answer with events. */
class Refused {
  static readonly CLOSED = 2;
  static asked = 0;
  readonly readyState = Refused.CLOSED;
  onerror: () => void = () => undefined;
  constructor() {
    Refused.asked += 1;
    queueMicrotask(() => this.onerror());
  }
  addEventListener(): void {
    // Nothing ever comes.
  }
  close(): void {
    // It is closed.
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Refused);
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  Refused.asked = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a log of which nothing can be heard is asked for less and less often, until nobody listens', async () => {
  const stop = listenForLines('/events', () => expect.unreachable());
  const asked: number[] = [];
  for (let second = 0; second <= 16; second += 2) {
    await vi.advanceTimersByTimeAsync(second === 0 ? 0 : 2000);
    asked.push(Refused.asked);
  }
  expect(asked).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4]);
  stop();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(Refused.asked).toBe(4);
});

test('a page that nobody sees holds no connection', async () => {
  Object.assign(document, { hidden: true });
  const stop = listenForLines('/events', () => expect.unreachable());
  expect(Refused.asked).toBe(0);
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  expect(Refused.asked).toBe(1);
  Object.assign(document, { hidden: true });
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(Refused.asked).toBe(1);
  stop();
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  expect(Refused.asked).toBe(1);
});
