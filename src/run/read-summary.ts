import { closeSync, openSync, readSync } from 'node:fs';
import { isSystemError } from '../base/errors.ts';
import { readFlags } from '../git/pack/read-file.ts';
import { diskPath } from '../git/pack/stored-item.ts';
import { summaryName } from '../model/artefact-name.ts';
import type { PageSummary } from '../page/summary-section.ts';
import type { Gathered } from './gather.ts';

/** So much of it is shown on the page: rendering takes 0.2 s for it, and half a second for what is made to take long. */
const shownBytes = 64 * 1024;

/** The beginning of `summary.md`; `undefined` if the script wrote none, or one that is left out or cannot be read. */
export function readSummary({ root, entries }: Pick<Gathered, 'root' | 'entries'>): PageSummary | undefined {
  const entry = entries.find(({ path, kind }) => path === summaryName && kind === 'file');
  if (entry === undefined) return undefined;
  try {
    return { head: readHead(openSync(diskPath(root, entry.source), readFlags)), bytes: entry.size };
  } catch (error) {
    // Storing it says what is wrong with it.
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function readHead(fd: number): Buffer {
  try {
    const buffer = Buffer.alloc(shownBytes);
    return buffer.subarray(0, readSync(fd, buffer, 0, shownBytes, 0));
  } finally {
    closeSync(fd);
  }
}
