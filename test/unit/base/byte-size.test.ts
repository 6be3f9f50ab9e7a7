import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSize, parseSize } from '../../../src/base/byte-size.ts';
import { JciError } from '../../../src/base/errors.ts';

describe('parseSize', () => {
  test.each([
    ['0', 0],
    ['2048', 2048],
    ['512B', 512],
    ['1k', 1024],
    ['500M', 500 * 1024 ** 2],
    ['1.5GiB', 1.5 * 1024 ** 3],
    ['1 GB', 1024 ** 3],
    ['2t', 2 * 1024 ** 4],
  ])('reads %j', (text, bytes) => {
    expect(parseSize(text, 'x')).toBe(bytes);
  });

  test.each(['', 'M', '-1', '1.M', '.5M', '1P', '1 000', '0x10', '1e3', '1MiBs', 'big'])('refuses %j', (text) => {
    expect(() => parseSize(text, '--max-size')).toThrow(JciError);
    expect(() => parseSize(text, '--max-size')).toThrow(`--max-size: '${text}' is not a size`);
  });
});

describe('formatSize', () => {
  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [1024 ** 2 - 1, '1.0 MiB'],
    [3.2 * 1024 ** 3, '3.2 GiB'],
    [5000 * 1024 ** 4, '5000.0 TiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test('reads back as what it was, up to the digits shown, and never shows 1024.0', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (bytes) => {
        const text = formatSize(bytes);
        expect(text).not.toContain('1024');
        expect(Math.abs(parseSize(text, 'x') - bytes)).toBeLessThanOrEqual(bytes * 0.05 + 1);
      }),
    );
  });
});
