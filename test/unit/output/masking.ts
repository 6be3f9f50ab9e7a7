import { createMasker } from '../../../src/output/mask.ts';

/** What a masker makes of these chunks. */
export function maskAll(chunks: readonly Buffer[], secrets: readonly string[] = []): string {
  const masker = createMasker(secrets);
  return Buffer.concat([...chunks.map((chunk) => masker.write(chunk)), masker.end()]).toString();
}

/** Cuts bytes into chunks of these sizes, taken in turn. */
export function chunked(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[chunks.length % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
