import { readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { createHeldBlobs, type HeldBlobs } from './held-blobs.ts';
import type { NoteBook } from './notes.ts';
import { objectIdOf } from './pack-entry.ts';
import type { RawPath } from './raw-path.ts';
import { createFileReader, type FileReader } from './read-file.ts';
import { whyUnread } from './scan.ts';
import { diskPath, type StoredItem } from './stored-item.ts';
import { createTreeBuilder, type TreeBuilder } from './tree-builder.ts';

/** Read whole: larger files are streamed, on other threads. */
export const smallBytes = 1024 * 1024;
/** How much is held in memory before the pack is begun. */
const heldBytes = 32 * 1024 * 1024;
/** Reading blocks: so often, signals and timers get their turn. */
const itemsPerTurn = 64;

/** What is to be stored, and what becomes of it. */
export interface Collected {
  readonly format: ObjectFormat;
  /** The output directory. */
  readonly root: RawPath;
  readonly notes: NoteBook;
  /** Holds the paths whose blobs are known, and has room for the others. */
  readonly tree: TreeBuilder;
  /** Blobs that are in the pack, or will be. */
  readonly blobs: Set<ObjectId>;
  /** The content of each of these blobs, before the pack is begun. */
  readonly held: HeldBlobs;
  /** Too large to hold, or too many: read while the pack is being sent. */
  readonly deferred: StoredItem[];
}

/**
 * Reads and hashes the small files.
 *
 * They are held until all are there, because a pack begins with the number of its objects, and identical files are
 * one object. Compressing them waits until git takes the pack: then it is done while git is busy with what it has.
 * @throws the system error for a required file that cannot be read.
 */
export async function collectSmall(format: ObjectFormat, root: RawPath, items: Iterable<StoredItem>, notes: NoteBook): Promise<Collected> {
  const tree = createTreeBuilder(format);
  const collected: Collected = { format, root, notes, tree, blobs: new Set(), held: createHeldBlobs(), deferred: [] };
  const read = createFileReader(smallBytes);
  let index = 0;
  for (const item of items) {
    if (index % itemsPerTurn === itemsPerTurn - 1) await setImmediate();
    index += 1;
    if (collected.held.size() < heldBytes) collect(collected, item, read);
    else defer(collected, item);
  }
  return collected;
}

function collect(collected: Collected, item: StoredItem, read: FileReader): void {
  const { format, tree, blobs, held } = collected;
  const content = readOrNote(collected, item, read);
  if (content === 'large') defer(collected, item);
  if (typeof content === 'string') return;
  const id = objectIdOf(format, 'blob', content);
  tree.add(item.path, item.mode, id);
  if (blobs.has(id)) return;
  blobs.add(id);
  held.keep(content);
}

function defer({ tree, deferred }: Collected, item: StoredItem): void {
  tree.makeRoom(item.path);
  deferred.push(item);
}

/**
 * The content of something small. What has vanished is noted, unless it must be there.
 * @throws the system error for a required file that cannot be read.
 */
export function readOrNote({ root, notes }: Collected, item: StoredItem, read: FileReader): Uint8Array | 'large' | 'gone' {
  try {
    return readSource(root, item, read) ?? 'large';
  } catch (error) {
    noteOrThrow(item, error, notes);
    return 'gone';
  }
}

/** Artefacts may vanish, our own files may not. */
export function noteOrThrow(item: StoredItem, error: unknown, notes: NoteBook): void {
  if (item.isRequired === true) throw error;
  notes.add(whyUnread(error), item.path);
}

function readSource(root: RawPath, { kind, source, size }: StoredItem, read: FileReader): Uint8Array | undefined {
  if (typeof source !== 'string') return source;
  const path = diskPath(root, source);
  return kind === 'link' ? readlinkSync(path, { encoding: 'buffer' }) : read(path, size);
}
