import { randomBytes } from 'node:crypto';
import { gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { deflated } from '../../../../src/git/pack/pack-entry.ts';
import { looksRandom, storedZlib } from '../../../../src/git/pack/stored-zlib.ts';

const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.nat(70_000).map((size) => randomBytes(size)),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(40_000)).map(([pattern, size]) => Buffer.alloc(size, pattern)),
);

describe('the zlib stream of an object', () => {
  test('gives back what went in', () => {
    fc.assert(fc.property(content, (bytes) => inflateSync(deflated(bytes)).equals(bytes)));
  });

  test('is smaller for text, and hardly larger for what cannot be compressed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 60_000 }), (size) => {
        expect(deflated(Buffer.alloc(size, 'all of this is text\n')).length).toBeLessThan(size / 3);
        expect(deflated(randomBytes(size)).length).toBeLessThan(size * 1.001 + 16);
      }),
    );
  });
});

describe('a stored zlib stream', () => {
  test.each([0, 1, 0xffff])('holds %d bytes', (size) => {
    const bytes = randomBytes(size);
    expect(inflateSync(storedZlib(bytes)).equals(bytes)).toBe(true);
  });

  test('holds no more', () => {
    expect(() => storedZlib(Buffer.alloc(0x10000))).toThrow('65536 bytes');
  });
});

describe('what looks random', () => {
  const text = Buffer.from('Some text that somebody wrote, with words of all kinds in it: 1, 2, 3.\n'.repeat(20));

  test.each([
    ['random bytes', randomBytes(2000), true],
    ['a compressed file', gzipSync(randomBytes(3000).toString('base64')), true],
    ['text', text, false],
    ['base64', Buffer.from(randomBytes(1500).toString('base64')), false],
    ['numbers', Buffer.from(Uint32Array.from({ length: 500 }, (_, n) => n * 977).buffer), false],
    ['floating point numbers', Buffer.from(Float32Array.from({ length: 500 }, (_, n) => Math.sin(n)).buffer), false],
  ])('%s', (_, bytes, expected) => {
    expect(looksRandom(bytes)).toBe(expected);
  });
});
