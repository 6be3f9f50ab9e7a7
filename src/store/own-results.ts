import { isSystemError, messageOf } from '../base/errors.ts';
import { addKeptLines, readKeptFile } from '../base/kept-file.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import type { ObjectId } from '../model/object-id.ts';
import { ownResultsFile } from './paths.ts';

/**
 * Notes that a result was made in this clone: for `jci.trust=own`. Called before the result has its ref, so that no crash
 * leaves a result of ours that is not known as one.
 * @returns why it could not be noted, if it could not.
 */
export function addOwnResult(commonDir: string, id: ObjectId): string | undefined {
  try {
    addKeptLines(ownResultsFile(commonDir), [id]);
    shareLikeParent(ownResultsFile(commonDir));
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return messageOf(error);
    throw error;
  }
}

/** The ids of the results that were made in this clone. None once `.git/jci` was deleted. */
export function readOwnResults(commonDir: string): ReadonlySet<ObjectId> {
  return new Set(readKeptFile(ownResultsFile(commonDir)).toString('latin1').split('\n'));
}
