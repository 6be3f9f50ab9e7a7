import { createHash } from 'node:crypto';
import type { ObjectFormat } from '../../model/object-id.ts';
import { deflated, entryHead, type PackedType } from './pack-entry.ts';

/** Takes bytes and settles when more are welcome. It may keep the chunk: it is never written to again. */
export type WriteChunk = (chunk: Uint8Array) => Promise<void>;

/** Chunks smaller than this are sent together; more than a pipe holds gains nothing. */
const sendBytes = 64 * 1024;

/** Writes one pack stream. */
export interface PackWriter {
  addObject(type: PackedType, content: Uint8Array): Promise<void>;
  /** Starts an object whose zlib stream follows in pieces. `size` is that of the content. */
  beginObject(type: PackedType, size: number): Promise<void>;
  addPiece(deflated: Uint8Array): Promise<void>;
  /**
   * Fills what is missing up to the promised count, and writes the trailer. Returns the size of the pack.
   * @throws Error when there were more objects than promised.
   */
  finish(): Promise<number>;
}

/**
 * Starts a pack of `objectCount` objects.
 *
 * A pack says at its start how many objects follow, but a file may vanish, or turn out to be the twin of another,
 * while the pack is being sent. So the count is what can come at most, and `finish` makes up for the rest with tiny
 * blobs that nothing refers to and that the next `git gc` drops. Fillers differ from each other, since
 * `git multi-pack-index verify` dislikes an object that stands in a pack twice.
 */
export function createPackWriter(format: ObjectFormat, objectCount: number, write: WriteChunk): PackWriter {
  const hash = createHash(format);
  let pending: Uint8Array[] = [packHead(objectCount)];
  let pendingBytes = 12;
  let sent = 0;
  let objects = 0;

  const send = async (): Promise<void> => {
    const [only] = pending;
    const chunk = pending.length === 1 && only !== undefined ? only : Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    sent += chunk.length;
    hash.update(chunk);
    await write(chunk);
  };

  const append = async (bytes: Uint8Array): Promise<void> => {
    pending.push(bytes);
    pendingBytes += bytes.length;
    if (pendingBytes >= sendBytes) await send();
  };

  const beginObject = (type: PackedType, size: number): Promise<void> => {
    objects += 1;
    return append(entryHead(type, size));
  };

  const addObject = async (type: PackedType, content: Uint8Array): Promise<void> => {
    await beginObject(type, content.length);
    await append(deflated(content));
  };

  const finish = async (): Promise<number> => {
    while (objects < objectCount) await addObject('blob', filler(objects));
    if (objects > objectCount) throw new Error(`pack of ${objectCount} objects got ${objects}`);
    await send();
    const trailer = hash.digest();
    await write(trailer);
    return sent + trailer.length;
  };

  return { addObject, beginObject, addPiece: append, finish };
}

function packHead(objectCount: number): Uint8Array {
  const head = Buffer.alloc(12);
  head.write('PACK');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objectCount, 8);
  return head;
}

const filler = (n: number): Uint8Array => Buffer.from(`git jci filler ${n}\n`);
