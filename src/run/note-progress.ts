import { attempt } from '../base/attempt.ts';
import type { Repository } from '../git/repository.ts';
import { writeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { writeReservedEnd, type ScriptOver } from '../store/reserved-end.ts';

/** A full disk must end neither the run nor its storing: without this note recovery only knows less of it. @returns false when it was not written. */
export const noteProgress = (repo: Repository, run: ActiveRun): boolean => attempt(() => writeActiveRun(repo.commonDir, run, false));

/** Notes how the script ended: if the disk is full, room for the end is there already. */
export function noteEnd(repo: Repository, run: ActiveRun, over: ScriptOver): void {
  if (noteProgress(repo, { ...run, phase: 'storing', dirty: over.dirty, over })) return;
  attempt(() => writeReservedEnd(activeFiles(activeFolder(repo.commonDir, run)).end, over));
}
