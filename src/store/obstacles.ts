import { lstatSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { hasCode, isSystemError } from '../base/errors.ts';
import { activeRoot, cacheRoot, ownResultsFile, sparePipes, storeRoot } from './paths.ts';

/** What stands where git jci has something else: a file for a folder, a folder for a file, anything for a pipe. Absolute paths. */
export function findObstacles(commonDir: string): string[] {
  const folders = [storeRoot, activeRoot, sparePipes, cacheRoot].map((place) => place(commonDir));
  return [
    ...folders.filter((path) => isOther(path, (found) => found.isDirectory())),
    ...[ownResultsFile(commonDir)].filter((path) => isOther(path, (found) => found.isFile())),
    ...othersIn(activeRoot(commonDir), (entry) => entry.isDirectory()),
    ...othersIn(sparePipes(commonDir), (entry) => entry.isFIFO()),
    ...othersIn(cacheRoot(commonDir), (entry) => entry.isFile()),
  ];
}

function isOther(path: string, isRight: (found: Stats) => boolean): boolean {
  try {
    return !isRight(lstatSync(path));
  } catch (error) {
    // Gone, or hidden from us: then what is around it is reported.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return false;
    throw error;
  }
}

function othersIn(folder: string, isRight: (entry: Dirent) => boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (isRight(entry) ? [] : [join(folder, entry.name)]));
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
