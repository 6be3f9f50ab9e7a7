import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { hasCode, refusal } from '../base/errors.ts';

/** Sees changes in folders, from the moment it is made. */
export interface FolderWatcher {
  /**
   * Resolves when nothing has changed for `ms` milliseconds; with `afterChange` not before something has.
   * @returns whether anything has changed since the watcher was made.
   * @throws the signal's reason when it is aborted.
   */
  quiet(ms: number, afterChange: boolean, signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/**
 * Watches folders, each for what is directly in it. One that is gone already is passed over.
 * @param matters told the path of something that changed: false if that is of no interest.
 * @throws JciError (3) when the system has no more watchers for us.
 */
export function watchFolders(folders: readonly string[], matters: (path: string) => boolean): FolderWatcher {
  let changed = false;
  let onChange = (): void => undefined;
  const watchers: FSWatcher[] = [];
  const close = (): void => {
    for (const watcher of watchers) watcher.close();
  };
  const seen = (): void => {
    changed = true;
    onChange();
  };
  try {
    for (const folder of folders) watchers.push(...watchFolder(folder, matters, seen));
  } catch (error) {
    close();
    throw explained(error, folders.length);
  }
  return {
    close,
    quiet: (ms, afterChange, signal) =>
      new Promise((resolve, reject) => {
        // It may have been aborted while nobody listened.
        signal.throwIfAborted();
        let timer: NodeJS.Timeout | undefined;
        const aborted = (): void => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        };
        onChange = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            signal.removeEventListener('abort', aborted);
            resolve(changed);
          }, ms);
        };
        signal.addEventListener('abort', aborted, { once: true });
        if (changed || !afterChange) onChange();
      }),
  };
}

function watchFolder(folder: string, matters: (path: string) => boolean, seen: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, (_event, name) => {
      if (name === null || matters(join(folder, name))) seen();
    });
    // That it was removed is a change like any other.
    return [watcher.on('error', seen)];
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [];
    throw error;
  }
}

function explained(error: unknown, folders: number): unknown {
  if (!hasCode(error, 'ENOSPC', 'EMFILE')) return error;
  return refusal(`--watch: the system does not let us watch ${folders} folders`, {
    hint: 'add folders that do not matter to .gitignore; on Linux: sysctl fs.inotify.max_user_watches=1048576',
    cause: error,
  });
}
