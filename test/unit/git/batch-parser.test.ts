import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatchParser, type ObjectHeader } from '../../../src/git/batch-parser.ts';

interface Told {
  header: ObjectHeader | undefined;
  body: Buffer | undefined;
}

/** Parses the chunks and tells what the sink was told; throws when it was told something out of order. */
async function parse(chunks: readonly Buffer[]): Promise<Told[]> {
  const told: Told[] = [];
  let open: { header: ObjectHeader; parts: Buffer[] } | undefined;
  const take = createBatchParser({
    begin(header) {
      if (open !== undefined) throw new Error('begun before the last one ended');
      if (header === undefined) told.push({ header, body: undefined });
      else open = { header, parts: [] };
    },
    async data(chunk) {
      await Promise.resolve();
      open?.parts.push(Buffer.from(chunk));
    },
    end() {
      if (open === undefined) throw new Error('ended before it began');
      told.push({ header: open.header, body: Buffer.concat(open.parts) });
      open = undefined;
    },
  });
  for (const chunk of chunks) {
    const copy = Buffer.from(chunk);
    await take(copy);
    // Node uses its buffers again: nothing may be kept in them.
    copy.fill(0x21);
  }
  return told;
}

function cutUp(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

const id = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const body = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('', '\n', '\n\n', 'x missing\n', `${'0'.repeat(40)} blob 3\n`).map((text) => Buffer.from(text)));
const found = fc.record({ id: fc.oneof(id(40), id(64)), type: fc.constantFrom('blob' as const, 'tree' as const, 'commit' as const, 'tag' as const), body });
const absent = fc.constantFrom('HEAD:nothing missing', 'abcd ambiguous', `${'0'.repeat(40)} missing`, 'a b c:blob 3 missing', 'ü missing');

const answers = fc.array(fc.oneof(found, absent), { maxLength: 6 });

describe('the parser of git cat-file --batch', () => {
  test('tells the same however the stream is cut up', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.array(fc.nat(), { maxLength: 12 }), async (given, cuts) => {
        const stream = Buffer.concat(
          given.map((answer) =>
            typeof answer === 'string'
              ? Buffer.from(`${answer}\n`)
              : Buffer.concat([Buffer.from(`${answer.id} ${answer.type} ${answer.body.length}\n`), answer.body, Buffer.from('\n')]),
          ),
        );
        const expected = given.map((answer) =>
          typeof answer === 'string'
            ? { header: undefined, body: undefined }
            : { header: { id: answer.id, type: answer.type, size: answer.body.length }, body: Buffer.from(answer.body) },
        );
        expect(await parse(cutUp(stream, cuts))).toEqual(expected);
      }),
    );
  });

  test('byte by byte', async () => {
    const stream = Buffer.from(`${'a'.repeat(40)} blob 3\nx\ny\nnone missing\n${'b'.repeat(64)} tree 0\n\n`);
    const told = await parse([...stream].map((byte) => Buffer.from([byte])));
    expect(told.map(({ header, body: bytes }) => [header?.type, bytes?.toString()])).toEqual([['blob', 'x\ny'], [undefined, undefined], ['tree', '']]);
  });

  test('gives parts of a body as they come, and waits for the sink', async () => {
    const sizes: number[] = [];
    let waiting = 0;
    const take = createBatchParser({
      begin: () => undefined,
      async data(chunk) {
        waiting += 1;
        expect(waiting).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        sizes.push(chunk.length);
        waiting -= 1;
      },
      end: () => undefined,
    });
    await take(Buffer.from(`${'a'.repeat(40)} blob 10\n123`));
    await take(Buffer.from('456'));
    await take(Buffer.from('7890\n'));
    expect(sizes).toEqual([3, 3, 4]);
  });

  test('refuses an answer that is no header, however long', async () => {
    const take = createBatchParser({ begin: () => undefined, data: () => undefined, end: () => undefined });
    await expect(take(Buffer.alloc(100_000, 'x'))).rejects.toThrow('no header');
  });

  test('an error of the sink is passed on', async () => {
    const take = createBatchParser({
      begin() {
        throw new Error('disk full');
      },
      data: () => undefined,
      end: () => undefined,
    });
    await expect(take(Buffer.from('x missing\n'))).rejects.toThrow('disk full');
  });
});
