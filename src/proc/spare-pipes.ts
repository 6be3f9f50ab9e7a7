import { accessSync, constants, lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import type { Env } from '../base/context.ts';
import { fatalError, isSystemError } from '../base/errors.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import { capture } from './capture.ts';

/** More would only pile up. */
const maxSpares = 16;

/** Makes named pipes at paths that do not exist yet. It costs a process, however many. @throws JciError (128). */
export async function makePipes(paths: readonly string[], env: Env): Promise<void> {
  // Not `mkfifo -m`, which sets the mode afterwards: by then another run may have taken the spare.
  const made = await capture('sh', ['-c', 'umask 077; exec mkfifo "$@"', 'mkfifo', ...paths], { cwd: '/', env });
  if (made.exitCode !== 0) throw fatalError(`no pipe could be made: ${made.stderr.trim()}`);
}

/**
 * Sees to it that `count` spares are in a folder that is there.
 * @param names of the new ones, that no other process gives.
 */
export async function stockSpares(folder: string, count: number, env: Env, newName: () => string): Promise<void> {
  const missing = count - namesIn(folder).filter((name) => isUsable(join(folder, name))).length;
  if (missing <= 0) return;
  const paths = Array.from({ length: missing }, () => join(folder, newName()));
  await makePipes(paths, env).then(
    () => paths.forEach(shareLikeParent),
    // Whoever needs one makes it where it is needed, and says what is wrong.
    () => undefined,
  );
}

/**
 * Moves a pipe that nobody uses any more to `path`. A name can be moved only once: of several that want the same spare, one
 * gets it.
 * @returns false when there is none.
 */
export const takeSpare = (folder: string, path: string): boolean =>
  namesIn(folder).some((name) => isUsable(join(folder, name)) && tryMove(join(folder, name), path));

/** @returns false when it cannot be kept, or there are enough already: then it is where it was. */
export function keepSpare(folder: string, path: string): boolean {
  const names = namesIn(folder);
  if (names.length >= maxSpares || !isUsable(path)) return false;
  const name = join(folder, `${basename(dirname(path))}.${basename(path)}`);
  return tryMove(path, name) || (tryMakeFolder(folder) && tryMove(path, name));
}

/** Somebody may have put anything there, and what another user left (sudo) cannot be opened. */
function isUsable(path: string): boolean {
  return attempt(() => accessSync(path, constants.R_OK | constants.W_OK)) && lstatSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

const tryMove = (from: string, to: string): boolean => attempt(() => renameSync(from, to));
const tryMakeFolder = (folder: string): boolean => attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
