import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { attempt } from '../base/attempt.ts';
import { hasCode } from '../base/errors.ts';
import { shareLikeParent } from '../base/shared-folder.ts';

/** Keeps entries of timing.idx while the log grows. */
export interface TimingNotes {
  /** @param entries as `TimingOptions` gives them. */
  add(entries: string): void;
  close(): void;
}

/** The file comes with the first entries: most runs are over before there are any. On a full disk times are worth less than the log, and given up. */
export function createTimingNotes(path: string): TimingNotes {
  let fd: number | undefined;
  let isOver = false;
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
    isOver = true;
  };
  return {
    add(entries) {
      if (isOver) return;
      const isKept = attempt(() => {
        fd ??= openNotes(path);
        writeSync(fd, entries);
      });
      if (!isKept) close();
    },
    close,
  };
}

function openNotes(path: string): number {
  const fd = openSync(path, 'a', 0o600);
  shareLikeParent(path);
  return fd;
}

/** What is noted of a run so far: entries of timing.idx, the last of them perhaps in part. */
export function readTimingNotes(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // It comes with the second entry, and goes with the run.
    if (!hasCode(error, 'ENOENT')) throw error;
    return '';
  }
}
