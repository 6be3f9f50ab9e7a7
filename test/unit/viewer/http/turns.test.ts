import { expect, test } from 'vitest';
import { createTurns, inTurn } from '../../../../src/viewer/http/turns.ts';

const never = new AbortController().signal;

/** Works that end when they are told to. */
function createWorks(most: number): { begun: string[]; start(name: string, signal?: AbortSignal): Promise<string>; end(name: string): void } {
  const turns = createTurns({ most, patienceMs: 1000, elapsed: () => 0 });
  const begun: string[] = [];
  const ends = new EventTarget();
  return {
    begun,
    start(name, signal = never) {
      const ended = new Promise<string>((resolve) => ends.addEventListener(name, () => resolve(name)));
      return inTurn(turns, signal, () => {
        begun.push(name);
        return ended;
      });
    },
    end: (name) => void ends.dispatchEvent(new Event(name)),
  };
}

test('works are done so many at a time, in turn', async () => {
  const { begun, start, end } = createWorks(2);
  const [a, b, c] = [start('a'), start('b'), start('c')];
  const d = start('d');
  end('b');
  expect(await Promise.race([a, b, c, d])).toBe('b');
  expect(begun).not.toContain('d');
  for (const name of ['a', 'c', 'd']) end(name);
  expect(await Promise.all([a, c, d])).toEqual(['a', 'c', 'd']);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('one that fails, and one that is not wanted any more, make room', async () => {
  const { begun, start, end } = createWorks(1);
  const leaving = new AbortController();
  const a = start('a');
  const b = start('b', leaving.signal);
  const c = start('c');
  leaving.abort(new Error('gone'));
  await expect(b).rejects.toThrow('gone');
  await expect(start('d', leaving.signal)).rejects.toThrow('gone');
  end('a');
  await a;
  end('c');
  expect(await c).toBe('c');
  expect(begun).toEqual(['a', 'c']);
});
