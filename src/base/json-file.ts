import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { hasCode } from './errors.ts';
import { shareLikeParent } from './shared-folder.ts';

/**
 * Replaces a file in one step: whoever reads it sees the old text or the new one, never a part.
 *
 * @param path absolute; the temporary file stands beside it.
 * @param durable also after a power cut: the text is on disk before the name is.
 */
export function replaceFile(path: string, text: string, { durable }: { durable: boolean }): void {
  const temporary = `${path}.new`;
  const fd = openSync(temporary, 'w', 0o600);
  try {
    // Not writeSync: a disk that fills up takes a part and says nothing.
    writeFileSync(fd, text);
    shareLikeParent(temporary);
    if (durable) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}

/** Reads JSON; `undefined` if the file is gone, is none, is another user's, or does not parse (a reader of ours must cope with all of it). */
export function readJsonFile(path: string): unknown {
  try {
    return statSync(path).isFile() ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
