import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { deflated, entryHead, objectIdOf } from '../../../../src/git/pack/pack-entry.ts';
import { createPackWriter } from '../../../../src/git/pack/pack-writer.ts';
import { bothFormats, withScratch } from './scratch.ts';

/** Reads the head of an entry as git does. */
function readHead(head: Uint8Array): { type: number; size: bigint; length: number } {
  let byte = head[0] ?? 0;
  const type = (byte >> 4) & 7;
  let size = BigInt(byte & 15);
  let length = 1;
  for (let shift = 4n; byte & 128; shift += 7n) {
    byte = head[length++] ?? 0;
    size |= BigInt(byte & 127) << shift;
  }
  return { type, size, length };
}

test('the head of an entry holds any size', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 15, 16, 2047, 2048, 2 ** 31, 2 ** 32, 2 ** 32 + 1)), (size) => {
      const head = entryHead('blob', size);
      expect(readHead(head)).toEqual({ type: 3, size: BigInt(size), length: head.length });
    }),
  );
});

test.each([0, 1, 4096, 4097, 16 * 1024, 100_000])('%i bytes survive, like each other or not', (size) => {
  for (const content of [Buffer.alloc(size, 'abc\n'), randomBytes(size)]) {
    expect(inflateSync(deflated(content)).equals(content)).toBe(true);
  }
});

test('random bytes are stored, text is deflated', () => {
  expect(deflated(randomBytes(500_000)).length).toBeGreaterThan(500_000);
  expect(deflated(Buffer.alloc(500_000, 'abc\n')).length).toBeLessThan(20_000);
});

describe.each(bothFormats)('%s', (format) => {
  test('git takes the pack, and knows the objects by the same ids', () =>
    withScratch(format, async ({ git, run }) => {
      const contents = [Buffer.alloc(0), Buffer.from('hello\r\n'), randomBytes(70_000), Buffer.alloc(200_000, 'text\n')];
      let bytes = 0;
      let sent = 0;
      await run(['index-pack', '--stdin', '--strict'], async (write) => {
        const writer = createPackWriter(format, contents.length, (chunk) => {
          sent += chunk.length;
          return write(chunk);
        });
        for (const content of contents) await writer.addObject('blob', content);
        bytes = await writer.finish();
      });
      expect(bytes).toBe(sent);
      for (const content of contents) {
        expect(git(['cat-file', 'blob', objectIdOf(format, 'blob', content)]).equals(content)).toBe(true);
      }
    }));

  test('objects that did not come are made up for, each once', () =>
    withScratch(format, async ({ git, run }) => {
      await run(['index-pack', '--stdin', '--strict'], async (write) => {
        const writer = createPackWriter(format, 5, write);
        await writer.addObject('blob', Buffer.from('the only one'));
        await writer.finish();
      });
      const ids = git(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)', '--unordered']).toString().trim().split('\n');
      expect(new Set(ids).size).toBe(5);
      expect(ids).toContain(objectIdOf(format, 'blob', Buffer.from('the only one')));
    }));
});

test('more objects than promised are an error', async () => {
  const writer = createPackWriter('sha1', 1, () => Promise.resolve());
  await writer.addObject('blob', Buffer.from('a'));
  await writer.addObject('blob', Buffer.from('b'));
  await expect(writer.finish()).rejects.toThrow('pack of 1 objects got 2');
});

test('waits while the sink is full', async () => {
  const waiting: (() => void)[] = [];
  const writer = createPackWriter('sha1', 1, () => new Promise((resolve) => waiting.push(resolve)));
  let isTaken = false;
  const added = writer.addObject('blob', randomBytes(200_000)).then(() => (isTaken = true));
  await new Promise(setImmediate);
  expect({ chunks: waiting.length, isTaken }).toEqual({ chunks: 1, isTaken: false });
  waiting[0]?.();
  await added;
  expect(isTaken).toBe(true);
});
