import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { noteOrThrow, readOrNote, smallBytes, type Collected } from './collect-small.ts';
import { openLargeFile, type LargeFile } from './large-blob.ts';
import type { NoteBook } from './notes.ts';
import { objectIdOf } from './pack-entry.ts';
import type { PackWriter } from './pack-writer.ts';
import { createFileReader } from './read-file.ts';
import type { StoredItem } from './stored-item.ts';

/** A pack being sent, and what it holds so far. */
interface Sending {
  readonly format: ObjectFormat;
  readonly collected: Collected;
  readonly writer: PackWriter;
  readonly notes: NoteBook;
  /** Blobs of the pack, beyond those that were held. */
  readonly sent: Set<ObjectId>;
  /** Two large files of one size may be twins: only then the second is read once more, for its id. */
  readonly largeSizes: Set<number>;
}

/** Reads what was deferred straight into the pack, and adds to `collected` where it belongs. */
export async function sendDeferred(format: ObjectFormat, collected: Collected, writer: PackWriter, notes: NoteBook): Promise<void> {
  const sending: Sending = { format, collected, writer, notes, sent: new Set(), largeSizes: new Set() };
  const read = createFileReader(smallBytes);
  for (const item of collected.deferred) {
    const content = readOrNote(item, read, notes);
    if (content === 'gone') continue;
    const id = content === 'large' ? await sendLarge(sending, item) : await sendSmall(sending, content);
    if (id !== undefined) collected.files.push({ path: item.path, mode: item.mode, id });
  }
}

async function sendSmall({ format, collected, writer, sent }: Sending, content: Uint8Array): Promise<ObjectId> {
  const id = objectIdOf(format, 'blob', content);
  if (collected.held.has(id) || sent.has(id)) return id;
  sent.add(id);
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

async function openOrNote({ format, notes }: Sending, item: StoredItem): Promise<LargeFile | undefined> {
  if (item.source.kind !== 'file') throw new Error(`'${item.path}' is not a file`);
  try {
    return await openLargeFile(format, item.source.path);
  } catch (error) {
    noteOrThrow(item, error, notes);
    return undefined;
  }
}

async function findTwin({ sent, largeSizes }: Sending, file: LargeFile): Promise<ObjectId | undefined> {
  if (!largeSizes.has(file.size)) return undefined;
  const id = await file.identify();
  return sent.has(id) ? id : undefined;
}

async function sendOpen({ writer, notes, sent, largeSizes }: Sending, item: StoredItem, file: LargeFile): Promise<ObjectId> {
  const { id, missingBytes } = await file.pack(writer);
  largeSizes.add(file.size);
  sent.add(id);
  if (missingBytes > 0) notes.add(`became shorter while it was being stored, zeros stand for its last ${missingBytes} bytes`, item.path);
  if (missingBytes < 0) notes.add(`grew while it was being stored, its last ${-missingBytes} bytes are left out`, item.path);
  return id;
}
