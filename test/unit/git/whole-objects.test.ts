import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createObjectReader, wholeObjectLimits, type GitObject } from '../../../src/git/whole-objects.ts';

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
    const size = wholeObjectLimits.blob;
    const bytes = bytesOf({ id: 'a'.repeat(40), type: 'blob', body: Buffer.alloc(size, 'x') });
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1024) }, (_, index) => bytes.subarray(index * 1024, (index + 1) * 1024));
    expect(read(chunks).map((one) => one?.body.length)).toEqual([size]);
  });

  test('one beyond the limit of its kind is told of as too big, and nothing of it is kept', () => {
    const told: [string | undefined, string | undefined][] = [];
    const take = createObjectReader((object, tooBig) => told.push([object?.body.toString(), tooBig?.id]));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (const type of ['commit', 'blob'] as const) {
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const chunks = wholeObjectLimits[type] / chunk.length + 1;
      take(Buffer.from(`${'a'.repeat(40)} ${type} ${chunks * chunk.length}\n`));
      for (let index = 0; index < chunks; index++) {
        take(chunk);
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      take(Buffer.from('\nx missing\n'));
      take(bytesOf({ id: 'b'.repeat(40), type, body: Buffer.from('next') }));
    }
    const answers = [[undefined, 'a'.repeat(40)], [undefined, undefined], ['next', undefined]];
    expect(told).toEqual([...answers, ...answers]);
    expect(most).toBeLessThan(1024 * 1024);
  });

  test('what is too big is passed over to the byte, however the bytes come', () => {
    const big = bytesOf({ id: 'a'.repeat(40), type: 'commit', body: Buffer.alloc(wholeObjectLimits.commit + 1, '\n') });
    const bytes = Buffer.concat([big, big, bytesOf({ id: 'b'.repeat(40), type: 'blob', body: Buffer.from('next') })]);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(bytes.length), fc.integer({ min: big.length - 60, max: big.length + 60 }), fc.integer({ min: 2 * big.length - 60, max: bytes.length })), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(read(chunks).map((object) => object?.body.toString())).toEqual([undefined, undefined, 'next']);
      }),
      { numRuns: 40 },
    );
  });
});
