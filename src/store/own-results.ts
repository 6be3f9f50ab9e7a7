import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, isSystemError, messageOf } from '../base/errors.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import type { ObjectId } from '../model/object-id.ts';
import { storeRoot } from './paths.ts';

/** A line for each. Ids of results that are gone stay: they do no harm, and a result that comes back is ours again. */
const listPath = (commonDir: string): string => join(storeRoot(commonDir), 'own-results');

/**
 * Notes that a result was made in this clone: for `jci.trust=own`. Called before the result has its ref, so that no crash
 * leaves a result of ours that is not known as one.
 * @returns why it could not be noted, if it could not.
 */
export function addOwnResult(commonDir: string, id: ObjectId): string | undefined {
  try {
    mkdirSync(storeRoot(commonDir), { recursive: true });
    // The line feed in front ends what a crash has cut short.
    appendFileSync(listPath(commonDir), `\n${id}\n`);
    shareLikeParent(listPath(commonDir));
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return messageOf(error);
    throw error;
  }
}

/** The ids of the results that were made in this clone. None once `.git/jci` was deleted. */
export function readOwnResults(commonDir: string): ReadonlySet<ObjectId> {
  try {
    return new Set(readFileSync(listPath(commonDir), 'latin1').split('\n'));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES')) return new Set();
    throw error;
  }
}
