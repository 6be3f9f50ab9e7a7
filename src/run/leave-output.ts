import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { isSystemError } from '../base/errors.ts';
import type { DiskPath } from '../git/pack/raw-path.ts';
import type { Scan } from '../git/pack/scan.ts';
import { diskPath } from '../git/pack/stored-item.ts';
import type { Repository } from '../git/repository.ts';
import { command } from '../proc/command.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { outputFolder } from '../store/paths.ts';
import { makeOutputParent, removeOutputDir } from './workspace.ts';

type Stored = Pick<Scan, 'root' | 'entries' | 'unread'>;

/** The sentence for the log, if something of the output could not be stored: it is not thrown away. */
export const keptNote = (repo: Repository, run: ActiveRun, { unread }: Stored): string[] =>
  unread === 0 ? [] : [`what was left out is still in ${keptFolder(repo, run)}`];

/**
 * Takes the output directory of a stored run away, but not what was left out of it.
 * @returns a sentence when that did not go well.
 */
export async function leaveOutput(repo: Repository, run: ActiveRun, { root, entries, unread }: Stored): Promise<string | undefined> {
  if (unread === 0) return removeOutputDir(repo.ctx.env, run.workTree, run);
  for (const { source } of entries) removeStored(diskPath(root, source));
  return keepOutputDir(repo, run);
}

/** In the user's own tree, as far as there is one: a temporary worktree is for others soon. */
const keptFolder = (repo: Repository, run: ActiveRun): string => outputFolder(repo.workTree ?? run.workTree, run);

/** In a folder that is read-only it stays: that is no harm. */
function removeStored(path: DiskPath): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

async function keepOutputDir(repo: Repository, run: ActiveRun): Promise<string | undefined> {
  const [from, to] = [outputFolder(run.workTree, run), keptFolder(repo, run)];
  if (from === to) return undefined;
  makeOutputParent(dirname(to));
  // Not rename: the cache of worktrees may be on another disk.
  await command('mv', ['-n', '--', from, to], { env: repo.ctx.env });
  return existsSync(from) ? `${from} could not be moved to ${to}: save it before the next run` : undefined;
}
