import { watch } from 'node:fs';
import type { ProcessId } from '../proc/process-id.ts';
import { isLocked, tryLock, type FileLock } from './file-lock.ts';

/** A holder that is killed writes nothing, so nothing wakes us: its death is looked for this often. */
const livenessPollMs = 500;

/**
 * Takes the first of several locks that becomes free: one of N slots, or the only one.
 *
 * @param folders one per slot, tried in order.
 * @param onWait called once if none is free at first, with the holder of the last one tried.
 * @param signal gives up waiting: the promise is rejected with its reason.
 */
export async function waitForLock(
  folders: readonly string[],
  self: ProcessId,
  platform: NodeJS.Platform,
  options: { onWait?: (heldBy: ProcessId) => void; signal?: AbortSignal } = {},
): Promise<FileLock> {
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const change = nextChange(folders, options.signal);
    try {
      const answer = await tryEach(folders, self, platform);
      if (isLocked(answer)) return answer;
      if (!told) options.onWait?.(answer.heldBy);
      told = true;
      await change.happened;
    } finally {
      change.stop();
    }
  }
}

async function tryEach(
  folders: readonly string[],
  self: ProcessId,
  platform: NodeJS.Platform,
): Promise<FileLock | { heldBy: ProcessId }> {
  let answer: FileLock | { heldBy: ProcessId } = { heldBy: self };
  for (const folder of folders) {
    answer = await tryLock(folder, self, platform);
    if (isLocked(answer)) return answer;
  }
  return answer;
}

/** Watches before the locks are tried, so that a release in between is not missed. */
function nextChange(folders: readonly string[], signal: AbortSignal | undefined): { happened: Promise<void>; stop(): void } {
  const { promise, resolve } = withResolver();
  const watchers = folders.flatMap((folder) => watchIfThere(folder, resolve));
  const timer = setTimeout(resolve, livenessPollMs);
  signal?.addEventListener('abort', resolve, { once: true });
  return {
    happened: promise,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', resolve);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A folder that does not exist yet is a lock that is free: there is nothing to wait for. */
function watchIfThere(folder: string, changed: () => void): { close(): void }[] {
  try {
    const watcher = watch(folder, changed);
    // Out of inotify watches: the poll is still there.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
