import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JciError, messageOf } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { FileLock } from '../locks/file-lock.ts';
import type { RunEnd } from '../model/run-end.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { checkScript } from './check-script.ts';
import { noteProgress } from './note-progress.ts';
import type { RunRequest } from './request.ts';
import { makeOutputDir } from './workspace.ts';
import { borrowWorktree } from './worktree-pool.ts';

/** Where a run runs. */
export interface Place {
  run: ActiveRun;
  worktree: FileLock | undefined;
  /** Sentences about the tree, for the log. */
  notes: string[];
  /** Set when there is nowhere to run: stored as a result, since somebody asked for a verdict. */
  broken: RunEnd | undefined;
}

/** Makes the tree to run in and the output directory. Never throws for what is wrong with them: then the run is `broken`. */
export async function preparePlace(repo: Repository, request: RunRequest, waiting: ActiveRun): Promise<Place> {
  const run: ActiveRun = { ...waiting, phase: 'running', startedAt: new Date(repo.ctx.now()).toISOString() };
  let worktree: FileLock | undefined;
  let notes: string[] = [];
  try {
    if (request.where === 'worktree') {
      const borrowed = await borrowWorktree(repo, request);
      worktree = borrowed;
      run.workTree = borrowed.path;
      run.shared = borrowed.shared;
      notes = borrowed.notes;
      // Before anything is made in it: what no record names is left for ever.
      noteProgress(repo, { ...waiting, workTree: run.workTree });
    }
    run.outputDir = makeOutputDir(run.workTree, run);
    checkScript(readFileSync(scriptPath(run)));
    return { run, worktree, notes, broken: undefined };
  } catch (error) {
    return { run, worktree, notes, broken: cannotStart(error) };
  }
}

/** The script of a run, by its absolute path. */
export const scriptPath = (run: ActiveRun): string => join(run.workTree, '.jci', 'run.sh');

/** How a run ends that could not start. */
export function cannotStart(error: unknown): RunEnd {
  const notes = error instanceof JciError && error.hint !== undefined ? [error.hint] : [];
  return { outcome: 'broken', exitCode: null, signal: null, reason: messageOf(error), notes };
}
