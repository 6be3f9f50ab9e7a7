import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import type { RunKey } from '../model/run-ref.ts';
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
    mkdirSync(parent, { recursive: true });
    try {
      writeFileSync(join(parent, ignoreFile), ignoreText);
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
}

/** Removes a run's output directory, and its parent once nothing else is in it. */
export function removeOutputDir(tree: string, key: RunKey): void {
  rmSync(outputFolder(tree, key), { recursive: true, force: true, maxRetries: 3 });
  const parent = outputParent(tree, key.commit);
  if (!existsSync(parent) || readdirSync(parent).some((name) => name !== ignoreFile)) return;
  removeEmptyParent(parent);
}

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
