import { readdirSync, type Dirent } from 'node:fs';
import { hasCode } from './errors.ts';

/** What is in a folder: nothing if it is gone, not there yet, none, somebody else's, or of a name that is not UTF-8. */
export function folderEntries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [];
    throw error;
  }
}
