import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter, textPieces } from '../../../src/report/text-stream.ts';
import { allOf, chunked, chunksOf } from './report-files.ts';

async function decode(...chunks: (Uint8Array | string)[]): Promise<string> {
  return (await allOf(textPieces(chunksOf(...chunks)))).join('');
}

const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('textPieces', () => {
  test.each([
    ['UTF-8', Buffer.from('aé😀')],
    ['UTF-8 with a mark', Buffer.from('\ufeffaé😀')],
    ['UTF-16 little endian', utf16le('aé😀')],
    ['UTF-16 big endian', utf16le('aé😀').swap16()],
  ])('decodes %s', async (_, bytes) => {
    expect(await decode(bytes)).toBe('aé😀');
  });

  test('decodes what the XML declaration says', async () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="';
    expect(await decode(Buffer.from(`${declared}\xe9"/>`, 'latin1'))).toBe(`${declared}é"/>`);
  });

  test('a declaration of UTF-16 in bytes is not believed, a mark is before any declaration', async () => {
    const wrong = '<?xml version="1.0" encoding="utf-16"?><a b="é"/>';
    expect(await decode(wrong)).toBe(wrong);
    const marked = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="é"/>';
    expect(await decode(`\ufeff${marked}`)).toBe(marked);
  });

  test('bytes that are not UTF-8 become U+FFFD', async () => {
    expect(await decode(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\ufffdb');
    expect(await decode(Buffer.from([0x61, 0xc3]))).toBe('a\ufffd');
  });

  test('an encoding that nobody knows is an error that names it', async () => {
    await expect(decode('<?xml version="1.0" encoding="x-klingon"?>')).rejects.toThrow("the encoding 'x-klingon' is not known");
  });

  test('nothing gives nothing', async () => {
    expect(await allOf(textPieces(chunksOf()))).toEqual([]);
    expect(await allOf(textPieces(chunksOf('', '')))).toEqual([]);
  });

  test('pieces are the same for any chunking', async () => {
    const declared = '<?xml version="1.0" encoding="windows-1252"?>';
    const bodies: Record<string, Buffer> = {
      utf8: Buffer.from(`é😀${'x\u4e2d'.repeat(9000)}`),
      utf16: utf16le('é😀\n'.repeat(5000)),
      declared: Buffer.from(`${declared}${'\x93\xe9'.repeat(12_000)}`, 'latin1'),
    };
    const lengths = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(bodies)), lengths, async (body, sizes) => {
        const bytes = bodies[body] ?? Buffer.alloc(0);
        const pieces = await allOf(textPieces(chunked(bytes, sizes)));
        expect(pieces).toEqual(await allOf(textPieces(chunksOf(bytes))));
        expect(pieces.slice(0, -1).every((piece) => piece.length === 8192)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('createLineSplitter', () => {
  const lines = (limit: number, ...pieces: string[]): string[] => {
    const split = createLineSplitter(limit);
    return [...pieces, ''].flatMap((piece) => split(piece));
  };

  test('lines end in \\n or \\r\\n, and the last one may have no end', () => {
    expect(lines(99, 'a\r\n\nb', 'c\n', 'd')).toEqual(['a', '', 'bc', 'd']);
    expect(lines(99, 'a\n')).toEqual(['a']);
    expect(lines(99)).toEqual([]);
  });

  test('long lines lose their end', () => {
    expect(lines(3, 'abcd', 'ef', '\ngh', 'ij\nk')).toEqual(['abc', 'ghi', 'k']);
  });

  test('any cutting gives the same lines', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ab\n]{1,9}$/), { maxLength: 8 }), (pieces) => {
        expect(lines(4, ...pieces)).toEqual(lines(4, ...pieces.join('')));
      }),
    );
  });
});
