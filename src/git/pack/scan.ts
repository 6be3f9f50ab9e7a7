import { accessSync, constants, lstatSync, readdirSync, type Stats } from 'node:fs';
import { hasCode } from '../../base/errors.ts';
import type { ArtefactKind, RawName } from '../../model/artefact-name.ts';
import { createNoteBook, type NoteBook } from './notes.ts';
import { toDisk, toRaw, type DiskPath, type RawPath } from './raw-path.ts';
import type { StoredItem } from './stored-item.ts';
import { createNamer } from './stored-name.ts';

/** Something to be stored. There may be a hundred thousand of them: what follows from other fields is no field. */
export interface ScannedEntry extends StoredItem {
  /** Its path in the output directory: also that in the result, unless it had to be renamed. */
  readonly source: RawPath;
  readonly size: number;
}

export interface Scan {
  /** Where it was looked. */
  root: RawPath;
  entries: ScannedEntry[];
  /** Sentences: what is left out, and what gets another name. */
  notes: string[];
  /** How many were left out that may hold something: unlike pipes, sockets and what is gone. */
  unread: number;
}

/** A directory on its way: its path below the output directory, on disk and in the result, with a final `/` unless it is that directory. */
interface Place {
  readonly source: RawPath;
  readonly path: RawPath;
}

interface Walk {
  readonly root: RawPath;
  readonly entries: ScannedEntry[];
  readonly notes: NoteBook;
  emptyDirectories: number;
  unread: number;
}

/**
 * Lists what a script left in a directory, links as links, in a fixed order. Never throws for what it finds: files may
 * vanish meanwhile, and a directory that is gone holds nothing.
 */
export function scanDirectory(directory: string): Scan {
  const root = toRaw(directory);
  const walk: Walk = { root, entries: [], notes: createNoteBook(), emptyDirectories: 0, unread: 0 };
  const rest: Place[] = isLink(root) ? [] : [{ source: '', path: '' }];
  if (rest.length === 0) walk.notes.add('left out, it is a link now', root);
  // Depth first: what is inside a directory comes before its next sibling.
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
    for (const inside of scanOne(walk, place).reverse()) rest.push(inside);
  }
  const { entries, unread } = walk;
  return { root, entries, notes: [...walk.notes.sentences(), ...emptyNote(walk.emptyDirectories)], unread };
}

/** What it leads to is not what the script was given, and may be anything. */
const isLink = (root: RawPath): boolean => lstatSync(toDisk(root), { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Adds the entries of one directory and returns the directories in it. */
function scanOne(walk: Walk, place: Place): Place[] {
  const names = readNames(walk, place);
  if (names === undefined) return [];
  const atRoot = place.path === '';
  if (names.length === 0 && !atRoot) walk.emptyDirectories += 1;
  const namer = createNamer(names, atRoot);
  const directories: Place[] = [];
  for (const name of names) {
    const source = place.source + name;
    const onDisk = toDisk(`${walk.root}/${source}`);
    const found = look(walk, onDisk, place.path + name);
    if (found === undefined) continue;
    const stored = namer(name, found.kind, onDisk);
    // One string for both, where it can be.
    const path = stored.name === name && place.path === place.source ? source : place.path + stored.name;
    if (stored.why !== undefined) walk.notes.add(`renamed, ${stored.why}`, place.path + name, path);
    if (found.kind === 'directory') directories.push({ source: `${source}/`, path: `${path}/` });
    else walk.entries.push(entryOf(path, source, found.kind, found.stats, stored.asFile));
  }
  return directories;
}

function readNames(walk: Walk, { source, path }: Place): RawName[] | undefined {
  try {
    return readdirSync(toDisk(`${walk.root}/${source}`), { encoding: 'latin1' }).sort();
  } catch (error) {
    if (path !== '' || !isGone(error)) noteUnread(walk, error, path === '' ? walk.root : path.slice(0, -1));
    return undefined;
  }
}

/** What stands at a path, unless it cannot be stored: that is noted. */
function look(walk: Walk, onDisk: DiskPath, path: RawPath): { kind: ArtefactKind; stats: Stats } | undefined {
  try {
    const stats = lstatSync(onDisk);
    if (stats.isDirectory()) return { kind: 'directory', stats };
    if (stats.isSymbolicLink()) return { kind: 'link', stats };
    if (!stats.isFile()) {
      walk.notes.add(`left out, ${specialKind(stats)}`, path);
      return undefined;
    }
    // Permission for everyone needs no further look.
    if ((stats.mode & 0o444) !== 0o444) accessSync(onDisk, constants.R_OK);
    return { kind: 'file', stats };
  } catch (error) {
    noteUnread(walk, error, path);
    return undefined;
  }
}

function noteUnread(walk: Walk, error: unknown, path: RawPath): void {
  walk.notes.add(whyUnread(error), path);
  if (!isGone(error)) walk.unread += 1;
}

function entryOf(path: RawPath, source: RawPath, kind: 'file' | 'link', { mode, size }: Stats, asFile: boolean): ScannedEntry {
  const fileMode = kind === 'file' && (mode & 0o100) !== 0 ? '100755' : '100644';
  return { path, source, kind, mode: kind === 'link' && !asFile ? '120000' : fileMode, size };
}

function specialKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** The part of a note that says why something could not be read. */
export function whyUnread(error: unknown): string {
  if (isGone(error)) return 'left out, gone before it could be read';
  if (hasCode(error, 'EACCES', 'EPERM')) return 'left out, not readable';
  if (hasCode(error, 'ENAMETOOLONG')) return 'left out, its path is too long for this system';
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `left out, reading it failed with ${code}`;
}

const isGone = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP');

function emptyNote(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? 'left out, an empty directory: git cannot store one' : `left out, ${count} empty directories: git cannot store them`];
}
