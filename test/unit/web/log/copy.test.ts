import { describe, expect, test } from 'vitest';
import { copied, selectedText, textAtHand } from '../../../../web/log/copy.ts';
import { createLineStore } from '../../../../web/log/line-store.ts';

const texts = ['first', '\x1b[31msecond\x1b[0m line', 'third'];
const newStore = () =>
  createLineStore((from, count) => Promise.resolve({ from, total: 300_000, complete: true, state: '', lines: texts.slice(from - 1, from - 1 + count).map((text) => ({ text, ms: 5 })) }), {
    changed: () => undefined,
    failed: () => undefined,
  });

describe('copy', () => {
  const part = { start: { line: 1, offset: 2 }, end: { line: 2, offset: 3 } };

  test('is plain text, from the first character selected to the last', async () => {
    expect(await selectedText(newStore(), part)).toBe('rst\nsec');
    expect(await selectedText(newStore(), { start: { line: 3, offset: 1 }, end: { line: 3, offset: 3 } })).toBe('hi');
  });

  test('is at hand only if all lines are', async () => {
    const store = newStore();
    expect(textAtHand(store, part)).toBeUndefined();
    store.want([1, 2, 3]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(textAtHand(store, part)).toBe('rst\nsec');
  });

  test('has an end', async () => {
    await expect(selectedText(newStore(), { start: { line: 1, offset: 0 }, end: { line: 300_000, offset: 0 } })).rejects.toThrow('300,000 lines are too many to copy');
  });

  test('says how much it was', () => {
    expect(copied(part)).toBe('Copied 2 lines');
  });
});
