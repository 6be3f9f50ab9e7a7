import { lstatSync, readdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import type { Env } from '../base/context.ts';
import { isSystemError, messageOf } from '../base/errors.ts';
import { command } from './command.ts';

/**
 * Removes a folder and everything in it, also folders that say they are read-only (Go's module cache is full of them) and
 * paths too long to be named. Of a link, only the link: nothing is ever removed through one.
 * @returns why something is left of it; `undefined` when it is gone.
 */
export async function removeFolder(path: string, env: Env): Promise<string | undefined> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) removeSimply(path);
  if (tryRemove(path) === undefined) return undefined;
  // Both walk from folder to folder, so that no path is too long; neither follows links.
  await command('chmod', ['-R', 'u+rwX', '--', path], { env });
  await command('rm', ['-rf', '--', path], { env });
  return tryRemove(path);
}

/**
 * Removes what can simply be removed: Node looks at each file before it removes it, and ten thousand of them take it half
 * as long again. All else (names that are no text, rights, what has just gone) is left to Node, which says what is wrong.
 */
function removeSimply(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) removeSimply(path);
      else unlinkSync(path);
    }
    rmdirSync(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function tryRemove(path: string): string | undefined {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return messageOf(error);
  }
}
