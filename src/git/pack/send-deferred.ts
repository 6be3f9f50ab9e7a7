import type { ObjectId } from '../../model/object-id.ts';
import { noteOrThrow, readOrNote, smallBytes, type Collected } from './collect-small.ts';
import { openLargeFile, type LargeFile } from './large-blob.ts';
import { objectIdOf } from './pack-entry.ts';
import type { PackWriter } from './pack-writer.ts';
import { createFileReader } from './read-file.ts';
import { diskPath, type StoredItem } from './stored-item.ts';

/** A pack being sent. */
interface Sending extends Collected {
  readonly writer: PackWriter;
  /** Two large files of one size may be twins: only then the second is read once more, for its id. */
  readonly largeSizes: Set<number>;
}

/** Reads what was deferred straight into the pack, and adds it to the tree. */
export async function sendDeferred(collected: Collected, writer: PackWriter): Promise<void> {
  const sending: Sending = { ...collected, writer, largeSizes: new Set() };
  const read = createFileReader(smallBytes);
  for (const item of collected.deferred) {
    const content = readOrNote(collected, item, read);
    if (content === 'gone') continue;
    const id = content === 'large' ? await sendLarge(sending, item) : await sendSmall(sending, content);
    if (id !== undefined) collected.tree.add(item.path, item.mode, id);
  }
}

async function sendSmall({ format, blobs, writer }: Sending, content: Uint8Array): Promise<ObjectId> {
  const id = objectIdOf(format, 'blob', content);
  if (blobs.has(id)) return id;
  blobs.add(id);
  await writer.addObject('blob', content);
  return id;
}

async function sendLarge(sending: Sending, item: StoredItem): Promise<ObjectId | undefined> {
  const file = await openOrNote(sending, item);
  if (file === undefined) return undefined;
  try {
    const twin = await findTwin(sending, file);
    return twin ?? (await sendOpen(sending, item, file));
  } finally {
    await file.close();
  }
}

async function openOrNote({ format, root, notes }: Sending, item: StoredItem): Promise<LargeFile | undefined> {
  if (typeof item.source !== 'string') throw new Error(`'${item.path}' is not a file`);
  try {
    return await openLargeFile(format, diskPath(root, item.source));
  } catch (error) {
    noteOrThrow(item, error, notes);
    return undefined;
  }
}

async function findTwin({ blobs, largeSizes }: Sending, file: LargeFile): Promise<ObjectId | undefined> {
  if (!largeSizes.has(file.size)) return undefined;
  const id = await file.identify();
  return blobs.has(id) ? id : undefined;
}

async function sendOpen({ writer, notes, blobs, largeSizes }: Sending, item: StoredItem, file: LargeFile): Promise<ObjectId> {
  const { id, missingBytes } = await file.pack(writer);
  largeSizes.add(file.size);
  blobs.add(id);
  if (missingBytes > 0) notes.add(`became shorter while it was being stored, zeros stand for its last ${missingBytes} bytes`, item.path);
  if (missingBytes < 0) notes.add(`grew while it was being stored, its last ${-missingBytes} bytes are left out`, item.path);
  return id;
}
