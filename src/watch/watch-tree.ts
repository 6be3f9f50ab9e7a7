import { lstatSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { listWatchedFiles } from '../git/watched-files.ts';

/** Editors write a file in several steps, and a branch switch changes hundreds: wait until it has been quiet for so long. */
const quietMs = 150;

/**
 * Waits for the next real change of the working tree: of a file that git tracks or would, in content, mode or existence.
 *
 * Every folder with such a file is watched, so that ignored ones (node_modules) cost nothing.
 * @param before what `fingerprint` gave when the last run began: a change since then counts too.
 * @returns the new fingerprint.
 */
export async function nextTreeChange(repo: Repository, before: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const files = await listWatchedFiles(repo);
    const watcher = watchFolders(repo.workTree ?? '', files);
    try {
      const now = await fingerprint(repo);
      if (now !== before) return now;
      await quietAfterChange(watcher, signal);
    } finally {
      watcher.close();
    }
  }
}

/** Changes when a watched file does: names, sizes and times, not contents. */
export async function fingerprint(repo: Repository): Promise<string> {
  const files = await listWatchedFiles(repo);
  return files.map((file) => `${file}\u0000${describe(join(repo.workTree ?? '', file))}`).join('\n');
}

function describe(path: string): string {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.size} ${stat.mode}`;
}

interface FolderWatcher {
  onChange(listener: () => void): void;
  close(): void;
}

function watchFolders(root: string, files: readonly string[]): FolderWatcher {
  const folders = new Set(['.', ...files.map((file) => dirname(file))]);
  const watchers: FSWatcher[] = [];
  for (const folder of folders) {
    if (lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    watchers.push(watch(join(root, folder)));
  }
  return {
    onChange(listener) {
      for (const watcher of watchers) watcher.on('change', listener).on('error', listener);
    },
    close() {
      for (const watcher of watchers) watcher.close();
    },
  };
}

function quietAfterChange(watcher: FolderWatcher, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // It may have been aborted while git was asked: then the event has been.
    signal.throwIfAborted();
    let timer: NodeJS.Timeout | undefined;
    watcher.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, quietMs);
    });
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
