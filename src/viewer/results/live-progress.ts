import { statSync } from 'node:fs';
import type { RunKey } from '../../model/run-ref.ts';
import type { Step } from '../../model/step.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { whenRead } from '../logs/open-log.ts';
import type { ViewerParts } from '../parts.ts';
import { findLive } from './find-run.ts';

/** What of a log is read while somebody waits. */
const quickBytes = 8 * 1024 * 1024;

/** The steps of a run under way, of a long log as far as it is read: its events tell when there are more. None if it is over by now. */
export async function readStepsSoFar({ repo, logs, closing }: ViewerParts, key: RunKey): Promise<Step[]> {
  const run = findLive(repo, key);
  if (run === undefined) return [];
  const bytes = statSync(activeFiles(activeFolder(repo.commonDir, run)).log, { throwIfNoEntry: false })?.size ?? 0;
  return logs.use({ kind: 'live', run }, async (log) => {
    if (bytes - log.index.bytes <= quickBytes) await whenRead(log, bytes, closing);
    return (await log.steps?.read()) ?? [];
  });
}
