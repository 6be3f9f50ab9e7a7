import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import { hasCode } from '../../base/errors.ts';
import type { Repository } from '../../git/repository.ts';
import { watchedFolders, type WatchedFolder } from './watched-folders.ts';

/** Watchers on the folders of a repository in which runs and refs leave traces. */
export interface RepositoryWatch {
  /** Watches what has come since, and lets go of what is gone. To be called before each look at the repository. */
  renew(): void;
  close(): void;
}

interface Watched {
  watcher: FSWatcher;
  /** Another one once the folder was made anew. */
  identity: string;
}

/** Nothing is watched before the first `renew`. @param onChange called for everything that may matter, and for more. */
export function createRepositoryWatch(repo: Repository, onChange: () => void): RepositoryWatch {
  const open = new Map<string, Watched>();
  const drop = (path: string): void => {
    open.get(path)?.watcher.close();
    open.delete(path);
  };
  const keep = (folder: WatchedFolder): void => {
    const { path } = folder;
    const identity = identityOf(path);
    if (identity !== open.get(path)?.identity) drop(path);
    if (identity === undefined || open.has(path)) return;
    const watcher = tryToWatch(folder, (isGone) => {
      // The inode may be used again at once: such a watcher would look the same and see nothing.
      if (isGone && open.get(path)?.watcher === watcher) drop(path);
      onChange();
    });
    if (watcher !== undefined) open.set(path, { watcher, identity });
  };
  return {
    renew() {
      const folders = watchedFolders(repo);
      const wanted = new Set(folders.map(({ path }) => path));
      for (const path of [...open.keys()]) if (!wanted.has(path)) drop(path);
      for (const folder of folders) keep(folder);
    },
    close() {
      for (const path of [...open.keys()]) drop(path);
    },
  };
}

/** @returns `undefined` where it cannot be watched: the slow look sees its changes. */
function tryToWatch({ path, matters }: WatchedFolder, onChange: (isGone: boolean) => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, (event, name) => {
      // What the system tells of the folder itself has the folder's name.
      const isGone = event === 'rename' && name === basename(path);
      if (isGone || name === null || matters(name)) onChange(isGone);
    });
    return watcher.on('error', () => onChange(true));
  } catch (error) {
    // Gone, closed to us, or no more watchers are to be had.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENOSPC', 'EMFILE', 'ENOSYS')) return undefined;
    throw error;
  }
}

function identityOf(path: string): string | undefined {
  try {
    const { dev, ino, birthtimeNs } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${birthtimeNs}`;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined;
    throw error;
  }
}
