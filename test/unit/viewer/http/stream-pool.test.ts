import { describe, expect, test } from 'vitest';
import { createStreamPool, type StreamPool } from '../../../../src/viewer/http/stream-pool.ts';

/** A pool with a clock that goes only when it is told to. */
function pool(most: number): StreamPool & { clock: { now: number } } {
  const clock = { now: 0 };
  return { ...createStreamPool({ most, patienceMs: 30_000, elapsed: () => clock.now }), clock };
}

/** A source that never ends, and what became of it. */
function endless(): { source: (take: (chunk: Uint8Array) => Promise<boolean>) => Promise<void>; given: () => number; ended: Promise<void> } {
  let given = 0;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    async source(take) {
      do given += 1;
      while (await take(new Uint8Array([given])));
      end();
    },
    given: () => given,
    ended,
  };
}

const once = (text: string) => async (take: (chunk: Uint8Array) => Promise<boolean>): Promise<void> => {
  await take(Buffer.from(text));
};
const tooSlow = expect.objectContaining({ status: 408 }) as unknown;

describe('a slow reader', () => {
  test('is given no more than it takes', async () => {
    const { stream, close } = pool(1);
    const slow = endless();
    const reader = stream(slow.source).getReader();
    expect(slow.given()).toBe(0);
    await reader.read();
    await reader.read();
    expect(slow.given()).toBeLessThanOrEqual(3);
    close();
    await slow.ended;
    await expect(reader.read()).rejects.toThrow('being ended');
  });

  test('makes room after half a minute, if somebody waits', async () => {
    const { stream, clock } = pool(1);
    const slow = endless();
    const reader = stream(slow.source).getReader();
    await reader.read();
    clock.now += 30_000;
    expect(await new Response(stream(once('others'))).text()).toBe('others');
    await slow.ended;
    await expect(reader.read()).rejects.toEqual(tooSlow);
  });

  test('has all the time there is if nobody waits', async () => {
    const { stream, clock, close } = pool(2);
    const reader = stream(endless().source).getReader();
    await reader.read();
    clock.now += 3_600_000;
    expect(await new Response(stream(once('others'))).text()).toBe('others');
    expect((await reader.read()).done).toBe(false);
    close();
  });

  test('is not the one that waits for git', async () => {
    const { stream, clock } = pool(1);
    let finish: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (finish = resolve));
    const first = new Response(stream(async (take) => {
      await late;
      await take(Buffer.from('late'));
    })).text();
    const second = new Response(stream(once('second'))).text();
    clock.now += 3_600_000;
    const third = new Response(stream(once('third'))).text();
    finish();
    expect(await Promise.all([first, second, third])).toEqual(['late', 'second', 'third']);
  });

  test('that becomes slow while others wait makes room as well', async () => {
    let now = 0;
    // Each look at the clock is an hour later.
    const { stream } = createStreamPool({ most: 1, patienceMs: 30_000, elapsed: () => (now += 3_600_000) });
    const slow = endless();
    const reader = stream(slow.source).getReader();
    const first = reader.read();
    const second = new Response(stream(once('second'))).text();
    await first;
    expect(await second).toBe('second');
    await expect(reader.read()).rejects.toEqual(tooSlow);
  });
});

test('who leaves gives the place back', async () => {
  const { stream } = pool(1);
  const left = endless();
  const reader = stream(left.source).getReader();
  await reader.read();
  const next = new Response(stream(once('next'))).text();
  await reader.cancel();
  await left.ended;
  expect(await next).toBe('next');
});
