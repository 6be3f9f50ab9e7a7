import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLargeFile, type LargeBlob } from '../../../../src/git/pack/large-blob.ts';
import { createPackWriter } from '../../../../src/git/pack/pack-writer.ts';
import { bothFormats, withScratch, type Scratch } from './scratch.ts';

const chunk = 256 * 1024;

/** Stores a file; `meddle` changes it after its size is settled. */
async function storeOne({ run, out }: Scratch, format: 'sha1' | 'sha256', content: Buffer, meddle: (path: string) => void): Promise<LargeBlob> {
  const path = join(out, 'large');
  writeFileSync(path, content);
  const file = await openLargeFile(format, Buffer.from(path));
  meddle(path);
  let blob: LargeBlob | undefined;
  await run(['index-pack', '--stdin', '--strict'], async (write) => {
    const writer = createPackWriter(format, 1, write);
    blob = await file.pack(writer);
    await writer.finish();
  });
  await file.close();
  if (blob === undefined) throw new Error('not fed');
  return blob;
}

describe.each(bothFormats)('%s', (format) => {
  test.each([0, 1, chunk - 1, chunk, chunk + 1, 5 * chunk + 77])('%i random bytes', (size) =>
    withScratch(format, async (scratch) => {
      const content = randomBytes(size);
      const { id, missingBytes } = await storeOne(scratch, format, content, () => undefined);
      expect(missingBytes).toBe(0);
      expect(scratch.git(['cat-file', 'blob', id]).equals(content)).toBe(true);
    }),
  );

  test('what a file has lost is zeros, and the pack stays whole', () =>
    withScratch(format, async (scratch) => {
      const content = randomBytes(4 * chunk);
      const { id, missingBytes } = await storeOne(scratch, format, content, (path) => truncateSync(path, chunk + 5));
      expect(missingBytes).toBe(3 * chunk - 5);
      const kept = Buffer.concat([content.subarray(0, chunk + 5), Buffer.alloc(missingBytes)]);
      expect(scratch.git(['cat-file', 'blob', id]).equals(kept)).toBe(true);
    }));

  test('what a file has gained is left out', () =>
    withScratch(format, async (scratch) => {
      const content = Buffer.alloc(2 * chunk, 'text\n');
      const { id, missingBytes } = await storeOne(scratch, format, content, (path) => appendFileSync(path, 'more'));
      expect(missingBytes).toBe(-4);
      expect(scratch.git(['cat-file', 'blob', id]).equals(content)).toBe(true);
    }));
});

test('a pack that cannot be written ends the reading', () =>
  withScratch('sha1', async ({ out }) => {
    const path = join(out, 'large');
    writeFileSync(path, randomBytes(20 * chunk));
    const file = await openLargeFile('sha1', Buffer.from(path));
    const writer = createPackWriter('sha1', 1, () => Promise.reject(new Error('broken pipe')));
    await expect(file.pack(writer)).rejects.toThrow('broken pipe');
    await file.close();
  }));

test('neither a link nor a directory is a file', () =>
  withScratch('sha1', async ({ out }) => {
    symlinkSync('/etc/passwd', join(out, 'link'));
    mkdirSync(join(out, 'dir'));
    await expect(openLargeFile('sha1', Buffer.from(join(out, 'link')))).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(openLargeFile('sha1', Buffer.from(join(out, 'dir')))).rejects.toMatchObject({ code: 'ENOENT' });
  }));

test('a pack that cannot be written ends the reading', () =>
  withScratch('sha1', async ({ out }) => {
    const path = join(out, 'large');
    writeFileSync(path, randomBytes(8 * chunk));
    const file = await openLargeFile('sha1', Buffer.from(path));
    const full = new Error('no space left');
    let writes = 0;
    const writer = createPackWriter('sha1', 1, () => (++writes < 3 ? Promise.resolve() : Promise.reject(full)));
    await expect(file.pack(writer)).rejects.toBe(full);
    await file.close();
  }));
