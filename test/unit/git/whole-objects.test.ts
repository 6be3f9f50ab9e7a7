import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createObjectReader, type GitObject } from '../../../src/git/whole-objects.ts';

/** Reads the chunks; each is overwritten once it is taken, since Node uses its buffers again. */
function read(chunks: readonly Buffer[]): (GitObject | undefined)[] {
  const objects: (GitObject | undefined)[] = [];
  const take = createObjectReader((object) => objects.push(object === undefined ? undefined : { ...object, body: Buffer.from(object.body) }));
  for (const chunk of chunks) {
    const copy = Buffer.from(chunk);
    take(copy);
    copy.fill(0x21);
  }
  return objects;
}

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const body = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('', '\n', '\n\n', 'x missing\n', `${'0'.repeat(40)} blob 3\n`).map((text) => Buffer.from(text)));
const object = fc.record({ id, type: fc.constantFrom('blob' as const, 'commit' as const), body: body.map((bytes) => Buffer.from(bytes)) });
const answers = fc.array(fc.oneof(object, fc.constantFrom('refs/x missing', 'abcd ambiguous', 'ü missing')), { maxLength: 6 });

const bytesOf = (answer: string | Omit<GitObject, 'size'>): Buffer =>
  typeof answer === 'string'
    ? Buffer.from(`${answer}\n`)
    : Buffer.concat([Buffer.from(`${answer.id} ${answer.type} ${answer.body.length}\n`), answer.body, Buffer.from('\n')]);

describe('createObjectReader', () => {
  test('tells of each answer, however the bytes come', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(500), { maxLength: 12 }), (given, cuts) => {
        const bytes = Buffer.concat(given.map(bytesOf));
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(read(chunks)).toEqual(given.map((answer) => (typeof answer === 'string' ? undefined : { ...answer, size: answer.body.length })));
      }),
    );
  });

  test('a big object is not put together anew with each chunk', () => {
    const size = 32 * 1024 * 1024;
    const bytes = bytesOf({ id: 'a'.repeat(40), type: 'blob', body: Buffer.alloc(size, 'x') });
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1024) }, (_, index) => bytes.subarray(index * 1024, (index + 1) * 1024));
    expect(read(chunks).map((one) => one?.body.length)).toEqual([size]);
  });
});
