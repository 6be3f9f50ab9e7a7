import { statSync } from 'node:fs';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';

/**
 * How long a run whose git jci died is known to have lasted, in ms: until it last wrote to its log, or until a step began or
 * ended.
 * @param aliveAt when its script was seen alive afterwards, in ms since the epoch.
 */
export function knownDuration(commonDir: string, run: ActiveRun, aliveAt: number | undefined): number {
  const { record, log, steps } = activeFiles(activeFolder(commonDir, run));
  const signs = [record, log, steps].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.round(Math.max(0, Math.max(aliveAt ?? 0, ...signs) - Date.parse(run.startedAt)));
}
