import { accessSync, constants, lstatSync, readdirSync, type Stats } from 'node:fs';
import { hasCode } from '../../base/errors.ts';
import type { ArtefactKind, RawName } from '../../model/artefact-name.ts';
import { createNoteBook, type NoteBook } from './notes.ts';
import { showPath, toBytes, toRaw, type RawPath } from './raw-path.ts';
import { createNamer } from './stored-name.ts';
import type { FileMode } from './tree-builder.ts';

/** Something to be stored. */
export interface ScannedEntry {
  /** Where it stands in the result: not always the path it has on disk. */
  readonly path: RawPath;
  /** `path` for people, in messages and pages. */
  readonly displayPath: string;
  /** Where it is now: bytes, because names need not be UTF-8. */
  readonly absolutePath: Buffer;
  /** Of a `link`, the target is what is stored, even if the mode makes it a plain file. */
  readonly kind: 'file' | 'link';
  readonly mode: FileMode;
  /** In bytes, when it was seen. */
  readonly size: number;
}

export interface Scan {
  entries: ScannedEntry[];
  /** Sentences: what is left out, and what gets another name. */
  notes: string[];
  /** How many were left out that may hold something: unlike pipes, sockets and what is gone. */
  unread: number;
}

export interface ScanOptions {
  /** True for names directly in the output directory that are not artefacts. */
  skipRoot?: (name: Buffer) => boolean;
}

/** A directory on its way: where it is on disk, and where in the result (with a final `/`, or nothing). */
interface Place {
  readonly source: RawPath;
  readonly prefix: RawPath;
}

interface Walk {
  readonly entries: ScannedEntry[];
  readonly notes: NoteBook;
  readonly skipRoot: (name: Buffer) => boolean;
  emptyDirectories: number;
  unread: number;
}

/**
 * Lists what a script left in a directory, links as links, in a fixed order. Never throws for what it finds: files may
 * vanish meanwhile, and a directory that is gone holds nothing.
 */
export function scanDirectory(root: string | Buffer, { skipRoot = () => false }: ScanOptions = {}): Scan {
  const walk: Walk = { entries: [], notes: createNoteBook(), skipRoot, emptyDirectories: 0, unread: 0 };
  const rest: Place[] = [{ source: toRaw(root), prefix: '' }];
  // A list, not recursion: a script can nest directories deeper than the stack.
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) rest.push(...scanOne(walk, place).reverse());
  const { entries, unread } = walk;
  return { entries, notes: [...walk.notes.sentences(), ...emptyNote(walk.emptyDirectories)], unread };
}

/** Adds the entries of one directory and returns the directories in it. */
function scanOne(walk: Walk, place: Place): Place[] {
  const names = readNames(walk, place);
  if (names === undefined) return [];
  if (names.length === 0 && place.prefix !== '') walk.emptyDirectories += 1;
  const namer = createNamer(names, place.prefix === '');
  const directories: Place[] = [];
  for (const name of names) {
    const source = `${place.source}/${name}`;
    const found = look(walk, source, place.prefix + name);
    if (found === undefined) continue;
    const stored = namer(name, found.kind, toBytes(source));
    const path = place.prefix + stored.name;
    if (stored.why !== undefined) walk.notes.add(`renamed, ${stored.why}`, place.prefix + name, path);
    if (found.kind === 'directory') directories.push({ source, prefix: `${path}/` });
    else walk.entries.push(entryOf(path, source, found.kind, found.stats, stored.asFile));
  }
  return directories;
}

function readNames(walk: Walk, { source, prefix }: Place): RawName[] | undefined {
  try {
    const names = readdirSync(toBytes(source), { encoding: 'buffer' });
    const wanted = prefix === '' ? names.filter((name) => !walk.skipRoot(name)) : names;
    return wanted.map(toRaw).sort();
  } catch (error) {
    if (prefix !== '' || !isGone(error)) noteUnread(walk, error, prefix === '' ? source : prefix.slice(0, -1));
    return undefined;
  }
}

/** What stands at a path, unless it cannot be stored: that is noted. */
function look(walk: Walk, source: RawPath, path: RawPath): { kind: ArtefactKind; stats: Stats } | undefined {
  try {
    const stats = lstatSync(toBytes(source));
    if (stats.isDirectory()) return { kind: 'directory', stats };
    if (stats.isSymbolicLink()) return { kind: 'link', stats };
    if (!stats.isFile()) {
      walk.notes.add(`left out, ${specialKind(stats)}`, path);
      return undefined;
    }
    // Permission for everyone needs no further look.
    if ((stats.mode & 0o444) !== 0o444) accessSync(toBytes(source), constants.R_OK);
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

function entryOf(path: RawPath, source: RawPath, kind: 'file' | 'link', stats: Stats, asFile: boolean): ScannedEntry {
  const executable = (stats.mode & 0o100) !== 0;
  const fileMode = executable && kind === 'file' ? '100755' : '100644';
  return {
    path,
    displayPath: showPath(path),
    absolutePath: toBytes(source),
    kind,
    mode: kind === 'link' && !asFile ? '120000' : fileMode,
    size: stats.size,
  };
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

const isGone = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP');

function emptyNote(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? 'left out, an empty directory: git cannot store one' : `left out, ${count} empty directories: git cannot store them`];
}
