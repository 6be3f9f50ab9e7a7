import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { objectIdOf } from './pack-entry.ts';
import type { RawPath } from './raw-path.ts';

export type FileMode = '100644' | '100755' | '120000';

export interface TreeFile {
  readonly path: RawPath;
  readonly mode: FileMode;
  readonly id: ObjectId;
}

export interface TreeObject {
  readonly id: ObjectId;
  readonly content: Buffer;
}

export interface BuiltTrees {
  /** Each tree once, every one after those it refers to; the root comes last. */
  readonly trees: readonly TreeObject[];
  readonly root: ObjectId;
}

type Directory = Map<string, Directory | TreeFile>;

interface TreeEntry {
  readonly name: string;
  readonly mode: FileMode | '40000';
  readonly id: ObjectId;
  /** Git sorts a directory as if its name ended in `/`. */
  readonly sortKey: string;
}

/**
 * Builds the nested tree objects for a list of files.
 * @throws Error for paths that no directory can hold: the same twice, a file that is also a directory, empty names.
 */
export function buildTrees(format: ObjectFormat, files: Iterable<TreeFile>): BuiltTrees {
  const root: Directory = new Map();
  for (const file of files) insert(root, file);
  const trees = new Map<ObjectId, TreeObject>();
  const rootId = writeDirectory(format, root, trees);
  return { trees: [...trees.values()], root: rootId };
}

function insert(root: Directory, file: TreeFile): void {
  const names = file.path.split('/');
  const last = names.pop() ?? '';
  let directory = root;
  for (const name of names) directory = subdirectory(directory, checked(name, file), file);
  if (directory.has(checked(last, file))) throw new Error(`'${file.path}' is there twice`);
  directory.set(last, file);
}

function subdirectory(directory: Directory, name: string, file: TreeFile): Directory {
  const found = directory.get(name);
  if (found instanceof Map) return found;
  if (found !== undefined) throw new Error(`'${file.path}' lies below a file`);
  const made: Directory = new Map();
  directory.set(name, made);
  return made;
}

function checked(name: string, file: TreeFile): string {
  if (name === '' || name === '.' || name === '..') throw new Error(`'${file.path}' is not a path in a tree`);
  return name;
}

function writeDirectory(format: ObjectFormat, directory: Directory, trees: Map<ObjectId, TreeObject>): ObjectId {
  const entries: TreeEntry[] = [];
  for (const [name, child] of directory) {
    if (child instanceof Map) {
      entries.push({ name, mode: '40000', id: writeDirectory(format, child, trees), sortKey: `${name}/` });
    } else {
      entries.push({ name, mode: child.mode, id: child.id, sortKey: name });
    }
  }
  entries.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  const content = treeContent(entries);
  const id = objectIdOf(format, 'tree', content);
  if (!trees.has(id)) trees.set(id, { id, content });
  return id;
}

function treeContent(entries: readonly TreeEntry[]): Buffer {
  const size = entries.reduce((sum, { mode, name, id }) => sum + mode.length + name.length + 2 + id.length / 2, 0);
  const content = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { mode, name, id } of entries) {
    at += content.write(`${mode} ${name}\0`, at, 'latin1');
    at += content.write(id, at, 'hex');
  }
  return content;
}
