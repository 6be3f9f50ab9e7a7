import type { Artefact } from '../../../src/api/run-detail.ts';

/** A folder or a file of a result as a row of a tree. */
export type TreeRow =
  | { kind: 'folder'; path: string; name: string; depth: number; files: number; size: number; open: boolean }
  | { kind: 'file'; path: string; name: string; depth: number; file: Artefact };

interface Folder {
  path: string;
  name: string;
  files: number;
  size: number;
  folders: Map<string, Folder>;
  own: Artefact[];
}

/** Artefacts by folder. Made once for a result; rows are read off it for what is open. */
export function treeOf(artefacts: readonly Artefact[]): Folder {
  const root = emptyFolder('', '');
  for (const file of artefacts) {
    const names = file.path.split('/');
    let folder = root;
    count(folder, file);
    for (const name of names.slice(0, -1)) {
      folder = innerFolder(folder, name);
      count(folder, file);
    }
    folder.own.push(file);
  }
  return root;
}

const emptyFolder = (path: string, name: string): Folder => ({ path, name, files: 0, size: 0, folders: new Map(), own: [] });

function innerFolder(parent: Folder, name: string): Folder {
  const known = parent.folders.get(name);
  if (known !== undefined) return known;
  const made = emptyFolder(parent.path === '' ? name : `${parent.path}/${name}`, name);
  parent.folders.set(name, made);
  return made;
}

function count(folder: Folder, { size }: Artefact): void {
  folder.files += 1;
  folder.size += size;
}

/**
 * What is to be seen of a tree: folders first, each followed by what is in it if it is open.
 * A folder with nothing but one folder in it is one row with it.
 */
export function rowsOf(root: Folder, isOpen: (path: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (folder: Folder, depth: number): void => {
    for (const inner of sorted([...folder.folders.values()])) {
      const { folder: last, name } = chain(inner);
      const open = isOpen(last.path);
      rows.push({ kind: 'folder', path: last.path, name, depth, files: last.files, size: last.size, open });
      if (open) visit(last, depth + 1);
    }
    for (const file of folder.own) rows.push({ kind: 'file', path: file.path, name: file.path.slice(file.path.lastIndexOf('/') + 1), depth, file });
  };
  visit(root, 0);
  return rows;
}

function chain(start: Folder): { folder: Folder; name: string } {
  let folder = start;
  let name = start.name;
  for (;;) {
    const [only] = folder.folders.values();
    if (only === undefined || folder.folders.size > 1 || folder.own.length > 0) return { folder, name };
    folder = only;
    name += `/${only.name}`;
  }
}

const sorted = (folders: Folder[]): Folder[] => folders.sort((a, b) => (a.name < b.name ? -1 : 1));

/** Whether two ways to write a path in a URL mean the same bytes: browsers encode what was not. */
export const isSameHref = (a: string, b: string): boolean => a === b || bytesOf(a) === bytesOf(b);

const bytesOf = (href: string): string => href.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
