import { closeSync, existsSync, openSync, readSync, watch } from 'node:fs';
import { hasCode } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { isRunAlive } from '../store/run-life.ts';

/** A run whose git jci is killed changes no file: its death is looked for this often. */
const livenessPollMs = 500;

/**
 * Streams the log of a run under way, from its beginning, until the run is over or its git jci is gone.
 * @param take returns `false` to stop.
 * @param signal stops it too, also while nothing comes.
 */
export async function followLog(
  repo: Repository,
  run: ActiveRun,
  take: (chunk: Buffer) => boolean | Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const folder = activeFolder(repo.commonDir, run);
  const fd = await openOnceThere(repo, run, folder, signal);
  if (fd === undefined) return;
  const buffer = Buffer.alloc(64 * 1024);
  try {
    for (;;) {
      const change = nextChange(folder, signal);
      // Asked before the read: what was written until then is read for sure.
      const over = await isOver(repo, run, folder);
      let read = readSync(fd, buffer);
      for (; read > 0; read = readSync(fd, buffer)) {
        if (signal?.aborted === true || !(await take(Buffer.from(buffer.subarray(0, read))))) return;
      }
      if (over || signal?.aborted === true) return;
      await change;
    }
  } finally {
    closeSync(fd);
  }
}

/** The log appears when the run has its slot. */
async function openOnceThere(repo: Repository, run: ActiveRun, folder: string, signal: AbortSignal | undefined): Promise<number | undefined> {
  for (;;) {
    const change = nextChange(folder, signal);
    try {
      return openSync(activeFiles(folder).log, 'r');
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      if ((await isOver(repo, run, folder)) || signal?.aborted === true) return undefined;
      await change;
    }
  }
}

async function isOver(repo: Repository, run: ActiveRun, folder: string): Promise<boolean> {
  if (!existsSync(activeFiles(folder).record)) return true;
  return !(await isRunAlive(repo, run));
}

/** Resolves with the next change of the folder, or soon anyway. */
function nextChange(folder: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    let watcher: { close(): void } | undefined;
    const timer = setTimeout(done, livenessPollMs);
    function done(): void {
      clearTimeout(timer);
      watcher?.close();
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
    try {
      watcher = watch(folder, done).on('error', done);
    } catch {
      // The folder is gone, or there are no watches left: the timer is enough.
    }
  });
}
