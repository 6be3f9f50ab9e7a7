import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reopenRepository, type Repository } from '../git/repository.ts';
import { readChangedFiles } from '../git/watched-files.ts';
import { isObjectId } from '../model/object-id.ts';
import { folderEntries } from '../base/folder-entries.ts';

/** What is watched: the files of the working tree and HEAD, or HEAD alone. */
export type WatchScope = 'working tree' | 'HEAD';

/** The working tree at one moment. */
export interface WatchedState {
  head: string | undefined;
  /** Files that are not as HEAD has them, with what changes when they do: size, time and mode, not the content. */
  files: ReadonlyMap<string, string>;
  /** Absolute paths of the folders in which something may change, and of what git ignores in them. */
  folders: readonly string[];
  ignored: ReadonlySet<string>;
}

/** Looks at what is watched, with one git process. */
export async function readState(repo: Repository, scope: WatchScope): Promise<WatchedState> {
  if (scope === 'HEAD') {
    const { head } = await reopenRepository(repo);
    return { head: head?.commit, files: new Map(), folders: [], ignored: new Set() };
  }
  const { head, changed, ignored } = await readChangedFiles(repo);
  const root = repo.workTree ?? repo.cwd;
  const ignoredPaths = new Set(ignored.map((path) => join(root, path).replace(/\/$/, '')));
  return {
    head,
    files: new Map(changed.map((path) => [path, describe(join(root, path))])),
    folders: listFolders(root, ignoredPaths),
    ignored: ignoredPaths,
  };
}

/** What is not the same: paths, then `HEAD` if it names another commit. Nothing if nothing changed. */
export const differences = (before: WatchedState, now: WatchedState): string[] => [
  ...changedFiles(before, now),
  ...(before.head === now.head ? [] : ['HEAD']),
];

/** The paths of files that are not the same. */
export function changedFiles(before: WatchedState, now: WatchedState): string[] {
  const paths = new Set([...before.files.keys(), ...now.files.keys()]);
  // What a commit took in is as HEAD has it now, and was not touched.
  const moved = before.head !== now.head;
  return [...paths].filter((path) => before.files.get(path) !== now.files.get(path) && !(moved && !now.files.has(path)));
}

function describe(path: string): string {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.size} ${stat.mode}`;
}

/** Empty folders too: somebody may be about to write a file there. */
function listFolders(root: string, ignored: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = folderEntries(folder);
    // A repository inside this one is its own affair.
    if (folder !== root && entries.some(({ name }) => name === '.git')) continue;
    found.push(folder);
    const inside = entries.filter((entry) => entry.isDirectory() && entry.name !== '.git').map(({ name }) => join(folder, name));
    waiting.push(...inside.filter((path) => !ignored.has(path) && !holdsOutput(path)));
  }
  return found;
}

/** `.jci/<commit>`, where runs under way have their output. */
const holdsOutput = (path: string): boolean => isObjectId(basename(path)) && basename(dirname(path)) === '.jci';
