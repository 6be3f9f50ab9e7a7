import { expect, test } from 'vitest';
import { headOf } from '../../../web/views/artefact/read-head.ts';

/** A body in parts, which tells whether its reader had enough of it. */
function bodyOf(parts: readonly string[]) {
  const state = { cancelled: false, left: parts.map((part) => new TextEncoder().encode(part)) };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = state.left.shift();
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
    cancel: () => void (state.cancelled = true),
  });
  return { state, response: new Response(body) };
}

test('a short file is read to its end', async () => {
  expect(await headOf(bodyOf(['ab', 'cd']).response, 4)).toEqual({ text: 'abcd', cut: false, binary: false });
  expect(await headOf(bodyOf([]).response, 4)).toEqual({ text: '', cut: false, binary: false });
});

test('of a long one no more is asked for than is shown', async () => {
  const { state, response } = bodyOf(['abc', 'def', ...Array.from({ length: 100 }, () => 'x')]);
  expect(await headOf(response, 4)).toEqual({ text: 'abcd', cut: true, binary: false });
  expect(state.cancelled).toBe(true);
  expect(state.left.length).toBeGreaterThan(90);
});

test('a character that the limit divides is left out', async () => {
  expect((await headOf(bodyOf(['aé', 'b']).response, 2)).text).toBe('a');
});

test('bytes that are no text are told', async () => {
  expect((await headOf(bodyOf(['a\0b']).response, 10)).binary).toBe(true);
});
