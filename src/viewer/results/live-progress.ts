import { statSync } from 'node:fs';
import type { RunKey } from '../../model/run-ref.ts';
import type { LiveProgress } from '../../run/live-progress.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { whenRead } from '../logs/open-log.ts';
import type { ViewerParts } from '../parts.ts';
import { findLive } from './find-run.ts';

/** What of a log is read while somebody waits. */
const quickBytes = 8 * 1024 * 1024;

const nothing: LiveProgress = { steps: [], annotations: [], annotationsOmitted: 0 };

/** How far a run under way has got, of a long log as far as it is read: its events tell when there is more. Nothing if it is over by now. */
export async function readProgress({ repo, logs, closing }: ViewerParts, key: RunKey): Promise<LiveProgress> {
  const run = findLive(repo, key);
  if (run === undefined) return nothing;
  const bytes = statSync(activeFiles(activeFolder(repo.commonDir, run)).log, { throwIfNoEntry: false })?.size ?? 0;
  return logs.use({ kind: 'live', run }, async (log) => {
    if (bytes - log.index.bytes <= quickBytes) await whenRead(log, bytes, closing);
    return (await log.progress?.read()) ?? nothing;
  });
}
