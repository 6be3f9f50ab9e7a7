import { describe, expect, test } from 'vitest';
import type { LogLines } from '../../../../src/api/log.ts';
import { createLineStore, type FetchLines, type StoreOptions } from '../../../../web/log/line-store.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A server with so many lines, that gives no more than `most` at once. */
function serverWith(total: number, most = 2000) {
  const state = { total, complete: true, asked: [] as number[] };
  const fetchLines: FetchLines = (from, count) => {
    state.asked.push(from);
    const lines = Array.from({ length: Math.max(0, Math.min(count, most, state.total - from + 1)) }, (_, index) => ({ text: `line ${from + index}`, ms: null }));
    return Promise.resolve({ from, total: state.total, complete: state.complete, state: '', lines } satisfies LogLines);
  };
  return { state, fetchLines };
}

const between = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

const quiet = { changed: () => undefined, failed: () => undefined } satisfies StoreOptions;

describe('line store', () => {
  test('fetches chunks around what is wanted, once', async () => {
    const { state, fetchLines } = serverWith(1000);
    const store = createLineStore(fetchLines, { ...quiet, size: 100 });
    store.want(between(150, 210));
    store.want(between(150, 210));
    await settled();
    store.want(between(150, 210));
    await settled();
    expect(state.asked).toEqual([101, 201]);
    expect(store.get(101)?.text).toBe('line 101');
    expect(store.get(300)?.text).toBe('line 300');
    expect(store.get(301)).toBeUndefined();
    expect([store.total(), store.complete()]).toEqual([1000, true]);
  });

  test('asks on when an answer has less than a chunk', async () => {
    const { state, fetchLines } = serverWith(1000, 40);
    const store = createLineStore(fetchLines, { ...quiet, size: 100 });
    store.want(between(1, 1));
    await settled();
    expect(state.asked).toEqual([1, 41, 81]);
    expect(store.get(100)?.text).toBe('line 100');
  });

  test('forgets what was used longest ago, but nothing that is wanted', async () => {
    const { fetchLines } = serverWith(1000);
    const store = createLineStore(fetchLines, { ...quiet, size: 100, chunks: 2 });
    for (const line of [1, 101, 201]) {
      store.want(between(line, line));
      await settled();
    }
    expect([1, 101, 201].map((line) => store.get(line) !== undefined)).toEqual([false, true, true]);
    store.want(between(1, 500));
    await settled();
    expect(store.get(450)).toBeDefined();
    expect(store.get(1)).toBeDefined();
  });

  test('gives up what nobody wants any more', async () => {
    const signals: AbortSignal[] = [];
    const store = createLineStore((_from, _count, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
    }, { ...quiet, failed: (error) => expect.unreachable(String(error)) });
    store.want(between(1, 1));
    store.want(between(100_000, 100_000));
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  test('a log that grows: the last lines are asked for again, and what is here stays meanwhile', async () => {
    const { state, fetchLines } = serverWith(10);
    state.complete = false;
    const store = createLineStore(fetchLines, { ...quiet, size: 100 });
    store.want(between(1, 50));
    await settled();
    state.total = 20;
    store.grow(20, false);
    expect(store.get(10)?.text).toBe('line 10');
    await settled();
    expect(store.get(20)?.text).toBe('line 20');
    expect(state.asked).toEqual([1, 1]);
  });

  test('a last line that grows is asked for again, also if it did while it was asked for', async () => {
    let text = 'unit 1';
    let asked = 0;
    const store = createLineStore((from) => {
      asked += 1;
      return Promise.resolve({ from, total: 1, complete: false, state: '', lines: from === 1 ? [{ text, ms: null }] : [] });
    }, { ...quiet, size: 1 });
    store.want([1]);
    await settled();
    text = 'unit 2';
    store.grow(1, false);
    text = 'unit 3';
    store.grow(1, false);
    await settled();
    expect([store.get(1)?.text, asked]).toEqual(['unit 3', 3]);
  });

  test('does not ask for ever when the server has fewer lines than it says', async () => {
    let asked = 0;
    const store = createLineStore((from) => {
      asked += 1;
      return Promise.resolve({ from, total: 50, complete: false, state: '', lines: [] });
    }, quiet);
    store.want(between(1, 50));
    await settled();
    await settled();
    expect(asked).toBe(1);
  });

  test('colours go on in the next line', async () => {
    const texts = ['\x1b[31mred', 'still red\x1b[0m', 'plain'];
    const store = createLineStore((from) => Promise.resolve({ from, total: 3, complete: true, state: '\x1b[1m', lines: texts.map((text) => ({ text, ms: null })) }), quiet);
    store.want(between(1, 3));
    await settled();
    expect([1, 2, 3].map((line) => store.get(line)?.state)).toEqual(['\x1b[1m', '\x1b[1;38;5;1m', '']);
  });

  test('reads a range, what is here and what is not, in order', async () => {
    const { state, fetchLines } = serverWith(5000);
    const store = createLineStore(fetchLines, { ...quiet, size: 100 });
    store.want(between(1, 1));
    await settled();
    const read: string[] = [];
    await store.read(99, 4000, ({ text }) => read.push(text));
    expect(read).toEqual(Array.from({ length: 3902 }, (_, index) => `line ${99 + index}`));
    expect(state.asked).toEqual([1, 101, 2101]);
  });

  test('tells what went wrong', async () => {
    const errors: unknown[] = [];
    const store = createLineStore(() => Promise.reject(new Error('no answer')), { ...quiet, failed: (error) => errors.push(error) });
    store.want(between(1, 1));
    await settled();
    expect(errors).toEqual([new Error('no answer')]);
  });
});
