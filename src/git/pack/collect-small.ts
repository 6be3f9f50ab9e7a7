import { readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { createArena, type Arena } from './arena.ts';
import type { NoteBook } from './notes.ts';
import { objectIdOf } from './pack-entry.ts';
import { createFileReader, type FileReader } from './read-file.ts';
import { whyUnread } from './scan.ts';
import type { BlobSource, StoredItem } from './stored-item.ts';
import type { TreeFile } from './tree-builder.ts';

/** Read whole: larger files are streamed, on other threads. */
export const smallBytes = 1024 * 1024;
/** How much is held in memory before the pack is begun. */
const heldBytes = 32 * 1024 * 1024;
/** Reading blocks: so often, signals and timers get their turn. */
const itemsPerTurn = 64;

/** What is known before the pack is begun. */
export interface Collected {
  /** Paths whose blobs are known; those of `deferred` follow as they are sent. */
  readonly files: TreeFile[];
  /** Each blob once. */
  readonly held: Map<ObjectId, Uint8Array>;
  readonly heldBytes: number;
  /** Too large to hold, or too many: read while the pack is being sent. */
  readonly deferred: StoredItem[];
}

interface Collecting {
  readonly files: TreeFile[];
  readonly held: Map<ObjectId, Uint8Array>;
  readonly deferred: StoredItem[];
  readonly arena: Arena;
}

/**
 * Reads and hashes the small files.
 *
 * They are held until all are there, because a pack begins with the number of its objects, and identical files are
 * one object. Compressing them waits until git takes the pack: then it is done while git is busy with what it has.
 * @throws the system error for a required file that cannot be read.
 */
export async function collectSmall(format: ObjectFormat, items: readonly StoredItem[], notes: NoteBook): Promise<Collected> {
  const collecting: Collecting = { files: [], held: new Map(), deferred: [], arena: createArena() };
  const { arena, deferred, ...rest } = collecting;
  const read = createFileReader(smallBytes);
  for (const [index, item] of items.entries()) {
    if (index % itemsPerTurn === itemsPerTurn - 1) await setImmediate();
    if (arena.size() < heldBytes) collect(format, item, collecting, read, notes);
    else deferred.push(item);
  }
  return { ...rest, deferred, heldBytes: arena.size() };
}

function collect(format: ObjectFormat, item: StoredItem, collecting: Collecting, read: FileReader, notes: NoteBook): void {
  const { files, held, deferred, arena } = collecting;
  const content = readOrNote(item, read, notes);
  if (content === 'large') deferred.push(item);
  if (typeof content === 'string') return;
  const id = objectIdOf(format, 'blob', content);
  files.push({ path: item.path, mode: item.mode, id });
  if (!held.has(id)) held.set(id, arena.keep(content));
}

/**
 * The content of something small. What has vanished is noted, unless it must be there.
 * @throws the system error for a required file that cannot be read.
 */
export function readOrNote(item: StoredItem, read: FileReader, notes: NoteBook): Uint8Array | 'large' | 'gone' {
  try {
    return readSource(item.source, read) ?? 'large';
  } catch (error) {
    noteOrThrow(item, error, notes);
    return 'gone';
  }
}

/** Artefacts may vanish, our own files may not. */
export function noteOrThrow(item: StoredItem, error: unknown, notes: NoteBook): void {
  if (item.isRequired) throw error;
  notes.add(whyUnread(error), item.path);
}

function readSource(source: BlobSource, read: FileReader): Uint8Array | undefined {
  if (source.kind === 'bytes') return source.bytes;
  return source.kind === 'link' ? readlinkSync(source.path, { encoding: 'buffer' }) : read(source.path);
}
