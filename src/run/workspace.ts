import { existsSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../base/context.ts';
import { hasCode, refusal } from '../base/errors.ts';
import type { RunKey } from '../model/run-ref.ts';
import { removeFolder } from '../proc/remove-folder.ts';
import { outputFolder, outputParent } from '../store/paths.ts';

/** Keeps `.jci/<commit>` out of `git status`, itself included. */
const ignoreFile = '.gitignore';
const ignoreText = '*\n';

/**
 * Makes `.jci/<commit>/<run id>/` in the tree that the run runs in.
 *
 * Another run on the same commit may be removing the same parent: then it is made again.
 * @throws the system error (read-only, full disk).
 */
export function makeOutputDir(tree: string, key: RunKey): string {
  const parent = outputParent(tree, key.commit);
  const folder = outputFolder(tree, key);
  for (;;) {
    try {
      makeOutputParent(parent);
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
}

/** `.jci/<commit>`, which git does not see. */
export function makeOutputParent(parent: string): void {
  mkdirSync(parent, { recursive: true });
  if (!lstatSync(parent).isDirectory()) throw refusal(`${parent} is a link: nothing is written through it`, { hint: `rm ${parent}` });
  writeFileSync(join(parent, ignoreFile), ignoreText);
}

/**
 * Removes a run's output directory, and its parent once nothing else is in it.
 * @returns a sentence when it cannot be removed.
 */
export async function removeOutputDir(env: Env, tree: string, key: RunKey): Promise<string | undefined> {
  const folder = outputFolder(tree, key);
  const why = await removeFolder(folder, env);
  if (why !== undefined) return `${folder} could not be removed: ${why.slice(0, longestReason)}`;
  const parent = outputParent(tree, key.commit);
  if (existsSync(parent) && readdirSync(parent).every((name) => name === ignoreFile)) removeEmptyParent(parent);
  return undefined;
}

/** In characters: a reason may quote a path of any length. */
const longestReason = 300;

/** The ignore file, if there is one, must go before its folder can; if a new run took the folder in between, it is put back. */
function removeEmptyParent(parent: string): void {
  try {
    rmSync(join(parent, ignoreFile), { force: true });
    rmdirSync(parent);
  } catch (error) {
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) writeFileSync(join(parent, ignoreFile), ignoreText);
    else if (!hasCode(error, 'ENOENT')) throw error;
  }
}
