import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../git/repository.ts';
import { runRefPrefix } from '../../model/run-ref.ts';
import { activeRoot, storeRoot } from '../../store/paths.ts';
import { folderEntries } from '../../base/folder-entries.ts';

/** A folder, and which of the names in it tell of something. */
export interface WatchedFolder {
  path: string;
  matters(name: string): boolean;
}

/** A system has few watchers: what stands in deeper folders is seen by the slow look. */
const mostFolders = 200;

/** Commits of which another run is seen at once: those that had one last. `git jci` packs refs before there are many folders. */
const mostCommits = 100;

/**
 * The folders in which git and git jci leave a trace of everything that matters here, whether they are there or not. Those above them
 * are among them, since they tell when one is made.
 */
export function watchedFolders({ gitDir, commonDir }: Repository): WatchedFolder[] {
  const active = activeRoot(commonDir);
  const fixed: WatchedFolder[] = [
    { path: commonDir, matters: (name) => /^(?:HEAD|packed-refs|refs|jci|reftable)$/.test(name) },
    { path: storeRoot(commonDir), matters: (name) => name === 'active' },
    { path: active, matters: always },
    { path: join(commonDir, 'refs'), matters: always },
    { path: join(commonDir, 'reftable'), matters: (name) => name === 'tables.list' },
    { path: join(commonDir, runRefPrefix), matters: always },
    ...(gitDir === commonDir ? [] : [{ path: gitDir, matters: (name: string) => name === 'HEAD' }]),
  ];
  // The log of a run stands beside its record, and grows with every line.
  const runs = foldersIn(active).map((path) => ({ path, matters: (name: string) => name === 'active.json' }));
  const branches = foldersBelow(join(commonDir, 'refs', 'heads')).map((path) => ({ path, matters: isNoLock }));
  // Another run of a commit that has some already: pulled, or of another worktree.
  const commits = newestFirst(foldersIn(join(commonDir, runRefPrefix))).map((path) => ({ path, matters: isNoLock }));
  return [...fixed, ...runs, ...commits.slice(0, mostCommits), ...branches].slice(0, mostFolders);
}

function newestFirst(folders: readonly string[]): string[] {
  const times = folders.map((path) => ({ path, changed: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  return times.sort((a, b) => b.changed - a.changed).map(({ path }) => path);
}

const always = (): boolean => true;
const isNoLock = (name: string): boolean => !name.endsWith('.lock');

function foldersBelow(top: string): string[] {
  const found = [top];
  for (let at = 0; at < found.length && found.length < mostFolders; at += 1) found.push(...foldersIn(found[at] ?? ''));
  return found;
}

const foldersIn = (folder: string): string[] =>
  folderEntries(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
