import type { RawName } from '../../model/artefact-name.ts';
import type { ObjectFormat, ObjectId } from '../../model/object-id.ts';
import { objectIdOf } from './pack-entry.ts';
import type { RawPath } from './raw-path.ts';

export type FileMode = '100644' | '100755' | '120000';

export interface TreeObject {
  readonly id: ObjectId;
  readonly content: Buffer;
}

export interface BuiltTrees {
  /** Each tree once, every one after those it refers to; the root comes last. */
  readonly trees: readonly TreeObject[];
  readonly root: ObjectId;
}

/**
 * Takes files one by one, of which there may be very many, and makes the nested tree objects.
 *
 * `add` and `makeRoom` throw an Error for paths that no directory can hold: the same twice, a file that is also a
 * directory, empty names.
 */
export interface TreeBuilder {
  add(path: RawPath, mode: FileMode, id: ObjectId): void;
  /** Makes the directories of a file that may follow. */
  makeRoom(path: RawPath): void;
  /** How many directories there are, the root among them: `build` gives no more trees than that. */
  directories(): number;
  /** Directories without a file are left out, as git does; the root is always there. */
  build(): BuiltTrees;
}

interface Leaf {
  readonly mode: FileMode;
  readonly id: ObjectId;
}

type Directory = Map<RawName, Directory | Leaf>;

export function createTreeBuilder(format: ObjectFormat): TreeBuilder {
  const root: Directory = new Map();
  let count = 1;
  /** Files come directory by directory: the next one is mostly in the same. */
  let last: { path: RawPath; directory: Directory } | undefined;

  const subdirectory = (directory: Directory, name: RawName, path: RawPath): Directory => {
    const found = directory.get(checked(name, path));
    if (found instanceof Map) return found;
    if (found !== undefined) throw new Error(`'${path}' lies below a file`);
    const made: Directory = new Map();
    directory.set(name, made);
    count += 1;
    return made;
  };

  const parentOf = (path: RawPath): Directory => {
    const end = path.lastIndexOf('/');
    if (end < 0) return root;
    const parent = path.slice(0, end);
    if (last?.path !== parent) {
      const directory = parent.split('/').reduce((above, name) => subdirectory(above, name, path), root);
      last = { path: parent, directory };
    }
    return last.directory;
  };

  return {
    add(path, mode, id) {
      const directory = parentOf(path);
      const name = checked(path.slice(path.lastIndexOf('/') + 1), path);
      if (directory.has(name)) throw new Error(`'${path}' is there twice`);
      directory.set(name, { mode, id });
    },
    makeRoom: (path) => void parentOf(path),
    directories: () => count,
    build: () => buildTrees(format, root),
  };
}

function checked(name: RawName, path: RawPath): RawName {
  if (name === '' || name === '.' || name === '..') throw new Error(`'${path}' is not a path in a tree`);
  return name;
}

function buildTrees(format: ObjectFormat, root: Directory): BuiltTrees {
  const trees = new Map<ObjectId, TreeObject>();

  const write = (directory: Directory): ObjectId | undefined => {
    const content = treeContent(directory, write);
    if (content.length === 0 && directory !== root) return undefined;
    const id = objectIdOf(format, 'tree', content);
    if (!trees.has(id)) trees.set(id, { id, content });
    return id;
  };

  const rootId = write(root) ?? '';
  return { trees: [...trees.values()], root: rootId };
}

/** @param write gives the id of a directory in it, unless that is empty. */
function treeContent(directory: Directory, write: (directory: Directory) => ObjectId | undefined): Buffer {
  const names = sortedNames(directory);
  const content = Buffer.allocUnsafe(names.reduce((sum, name) => sum + name.length + maxEntryBytes, 0));
  let at = 0;
  for (const sortName of names) {
    const isDirectory = sortName.endsWith('/');
    const name = isDirectory ? sortName.slice(0, -1) : sortName;
    const child = directory.get(name);
    const leaf = child instanceof Map ? { mode: '40000', id: write(child) } : child;
    if (leaf?.id === undefined) continue;
    at += content.write(`${leaf.mode} ${name}\0`, at, 'latin1');
    at += content.write(leaf.id, at, 'hex');
  }
  return content.subarray(0, at);
}

/** A mode, what separates it and the name, and an id of SHA-256. */
const maxEntryBytes = 6 + 2 + 32;

/** In the order of git, which sorts a directory as if its name ended in `/`. */
const sortedNames = (directory: Directory): string[] =>
  Array.from(directory, ([name, child]) => (child instanceof Map ? `${name}/` : name)).sort();
