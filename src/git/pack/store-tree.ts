import { zeroId, type ObjectFormat, type ObjectId } from '../../model/object-id.ts';
import { collectSmall, type Collected } from './collect-small.ts';
import { createNoteBook } from './notes.ts';
import { objectIdOf } from './pack-entry.ts';
import { createPackWriter, type PackWriter, type WriteChunk } from './pack-writer.ts';
import { toRaw } from './raw-path.ts';
import type { ScannedEntry } from './scan.ts';
import { sendDeferred } from './send-deferred.ts';
import type { StoredItem } from './stored-item.ts';
import { buildTrees, type BuiltTrees, type TreeFile } from './tree-builder.ts';

/** A file of our own, at the root of the result. Unlike an artefact, it must be readable. */
export interface ExtraFile {
  readonly name: string;
  readonly content: Uint8Array | { readonly path: string };
}

/** Starts `git <args>` in the repository and lets `feed` write to its stdin. Rejects when git fails. */
export type RunPackProcess = (args: string[], feed: (write: WriteChunk) => Promise<void>) => Promise<void>;

export interface StoreOptions {
  readonly format: ObjectFormat;
  readonly entries: readonly ScannedEntry[];
  readonly extra: readonly ExtraFile[];
  readonly run: RunPackProcess;
  /** Makes the content of a commit of the tree, which then goes into the same pack. */
  readonly commit?: (tree: ObjectId) => Uint8Array;
}

export interface StoredTree {
  readonly tree: ObjectId;
  /** Only if one was asked for. */
  readonly commit: ObjectId | undefined;
  /** Objects sent to git, and the size of the pack they came in. */
  readonly objects: number;
  readonly bytes: number;
  /** Sentences: what vanished or changed while it was being stored. */
  readonly notes: string[];
}

/**
 * Below these, git writes each object into a file of its own, as it does with a small fetch: else every run would
 * leave a pack behind, and many packs make every git command slow. With everything synced, 12 loose objects take
 * git 9 ms, 20 take 12 ms, 99 take 60 ms; a pack of any of them takes 5 ms.
 */
const looseObjects = 20;
const looseBytes = 4 * 1024 * 1024;

/**
 * Git syncs packs by default, but neither loose objects nor refs: a power cut would leave refs to nothing. Blobs of
 * more than a megabyte are streamed, not held in memory.
 */
const gitOptions = ['-c', 'core.fsync=objects,derived-metadata,reference', '-c', 'core.bigFileThreshold=1m'];

/**
 * Stores artefacts and files of our own as blobs and trees, through one git process.
 *
 * Content is stored byte for byte. Identical content is stored once. Artefacts that vanish are left out and noted.
 * @throws Error when one of our own files cannot be read, or what `run` throws.
 */
export async function storeTree({ format, entries, extra, run, commit }: StoreOptions): Promise<StoredTree> {
  const items = [...entries.map(fromEntry), ...extra.map(fromExtra)];
  const notes = createNoteBook();
  const collected = await collectSmall(format, items, notes);
  const { files, held, deferred } = collected;
  const expected = buildTrees(format, [...files, ...deferred.map((item, n) => standIn(format, item, n))]);
  const objects = held.size + deferred.length + expected.trees.length + (commit === undefined ? 0 : 1);
  let tree = expected.root;
  let commitId: ObjectId | undefined;
  let bytes = 0;
  await run(gitArgs(collected, objects), async (write) => {
    const writer = createPackWriter(format, objects, write);
    for (const content of held.values()) await writer.addObject('blob', content);
    await sendDeferred(format, collected, writer, notes);
    tree = await sendTrees(writer, deferred.length === 0 ? expected : buildTrees(format, files));
    if (commit !== undefined) commitId = await sendCommit(format, writer, commit(tree));
    bytes = await writer.finish();
  });
  return { tree, commit: commitId, objects, bytes, notes: notes.sentences() };
}

function fromEntry({ path, absolutePath, kind, mode }: ScannedEntry): StoredItem {
  return { path, mode, source: { kind, path: absolutePath }, isRequired: false };
}

function fromExtra({ name, content }: ExtraFile): StoredItem {
  const source =
    content instanceof Uint8Array
      ? ({ kind: 'bytes', bytes: content } as const)
      : ({ kind: 'file', path: Buffer.from(content.path) } as const);
  return { path: toRaw(name), mode: '100644', source, isRequired: true };
}

function gitArgs({ deferred, heldBytes }: Collected, objects: number): string[] {
  const isLoose = deferred.length === 0 && objects < looseObjects && heldBytes < looseBytes;
  return [...gitOptions, ...(isLoose ? ['unpack-objects', '-q'] : ['index-pack', '--stdin'])];
}

/** An id like no other: with it, trees can be counted before the content of all files is known. */
const standIn = (format: ObjectFormat, { path, mode }: StoredItem, n: number): TreeFile => ({
  path,
  mode,
  id: n.toString(16).padStart(zeroId(format).length, '0'),
});

async function sendTrees(writer: PackWriter, { trees, root }: BuiltTrees): Promise<ObjectId> {
  for (const { content } of trees) await writer.addObject('tree', content);
  return root;
}

async function sendCommit(format: ObjectFormat, writer: PackWriter, content: Uint8Array): Promise<ObjectId> {
  await writer.addObject('commit', content);
  return objectIdOf(format, 'commit', content);
}
