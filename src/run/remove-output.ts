import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { attempt } from '../base/attempt.ts';
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
 * Removes the output directory of a stored run, but not what was left out of the result.
 * @returns a sentence when that did not go well.
 */
export async function removeOutput(repo: Repository, run: ActiveRun, { root, entries, unread }: Stored): Promise<string | undefined> {
  if (unread === 0) return removeOutputDir(repo.ctx.env, run.workTree, run);
  // What a read-only folder does not let go of is kept too: that is no harm.
  for (const { source } of entries) attempt(() => rmSync(diskPath(root, source), { force: true }));
  return keepOutputDir(repo, run);
}

/** In the user's own tree, as far as there is one: a temporary worktree is soon used by another run. */
const keptFolder = (repo: Repository, run: ActiveRun): string => outputFolder(repo.workTree ?? run.workTree, run);

async function keepOutputDir(repo: Repository, run: ActiveRun): Promise<string | undefined> {
  const [from, to] = [outputFolder(run.workTree, run), keptFolder(repo, run)];
  if (from === to) return undefined;
  makeOutputParent(dirname(to));
  // Not rename: the cache of worktrees may be on another disk.
  await command('mv', ['-n', '--', from, to], { env: repo.ctx.env });
  return existsSync(from) ? `${from} could not be moved to ${to}: save it before the next run` : undefined;
}
