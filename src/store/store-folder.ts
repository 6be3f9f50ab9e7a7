import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, messageOf, refusal } from '../base/errors.ts';
import { chmodIfOurs, shareLikeParent } from '../base/shared-folder.ts';
import type { GitConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import { sharedFolderMode } from '../git/shared-repository.ts';
import { activeRoot, sparePipes, storeRoot } from './paths.ts';

/**
 * Makes our folder, with the rights that the repository asks for: what is made in it later follows it.
 * @throws JciError (3) when it is another user's, the system error.
 */
export function makeStoreFolder(repo: Repository, config: GitConfig): void {
  const root = storeRoot(repo.commonDir);
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const mode = statSync(root).mode & 0o7777;
    const wanted = sharedFolderMode(config, mode);
    if (wanted !== mode) chmodIfOurs(root, wanted);
    makeOurs(activeRoot(repo.commonDir));
    makeOurs(sparePipes(repo.commonDir));
  } catch (error) {
    // ENOENT: a link to nowhere.
    if (hasCode(error, 'EEXIST', 'ENOTDIR', 'ENOENT')) throw refusal(`something else stands where git jci has its folders: ${messageOf(error)}`, { hint: 'git jci doctor --fix', cause: error });
    if (!hasCode(error, 'EACCES', 'EPERM')) throw error;
    throw refusal(`${root} belongs to another user: no run can be kept there`, { hint: mendingCommand(repo), cause: error });
  }
}

function makeOurs(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) shareLikeParent(folder);
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** What makes our folder, and all that is in it, this user's. */
export const mendingCommand = ({ ctx, commonDir }: Repository): string => `sudo chown -R ${ctx.user} ${storeRoot(commonDir)}`;

/** The first folder on the way to the active runs that this user may not look into (`sudo git jci run` leaves such). */
export function closedFolder(commonDir: string): string | undefined {
  const root = activeRoot(commonDir);
  return [storeRoot(commonDir), root].find(isClosed) ?? namesIn(root).map((name) => join(root, name)).find(isClosed);
}

function isClosed(folder: string): boolean {
  try {
    readdirSync(folder);
    return false;
  } catch (error) {
    return hasCode(error, 'EACCES');
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
