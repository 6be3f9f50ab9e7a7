import { openSync } from 'node:fs';
import { join } from 'node:path';
import { userCacheRoot } from '../../base/user-cache.ts';
import { followLog } from '../../browse/follow-log.ts';
import { readBodies, resolveObjects, streamBlob } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import { createLogReader } from '../../output/log-reader.ts';
import { readLiveSteps } from '../../run/live-progress.ts';
import { createStepWatch } from '../../step/step-records.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { createLineTimes, type LineTimes } from '../../output/line-times.ts';
import { logName } from '../../api/paths.ts';
import { notFound } from '../http/problems.ts';
import { createLogBytes, fileBytes, type LogBytes } from './log-bytes.ts';
import { followTimes } from './live-times.ts';
import { createOpenLog, type OpenLog } from './open-log.ts';
import { watchSteps } from './watch-steps.ts';

/** A log with what has to be given back. */
export interface HeldLog {
  log: OpenLog;
  close(): void;
}

/**
 * Begins to take a stored log out of git. It can be read at once, as far as it has come.
 * @throws HttpProblem (404) if the result has none.
 */
export async function holdStoredLog(repo: Repository, { result, runId }: StoredRunRef): Promise<HeldLog> {
  const { env, randomHex } = repo.ctx;
  const bytes = createLogBytes(join(userCacheRoot(env), 'logs'), randomHex(16));
  const [[blob], [times]] = await Promise.all([resolveObjects(repo, [`${result}:${logName}`]), readBodies(repo, [`${result}:timing.idx`])]);
  if (blob?.type !== 'blob') throw notFound(`run ${runId} has no log`);
  let known: LineTimes | undefined;
  const { log, added, completed } = createOpenLog(bytes, { timeOf: (line) => (known ??= createLineTimes(times?.toString('latin1'))).at(line), progress: undefined });
  let closed = false;
  streamBlob(repo, blob.id, (chunk) => {
    if (closed) return false;
    bytes.add(chunk);
    added(chunk);
    return true;
  }).then(() => completed(), completed);
  return {
    log,
    close() {
      closed = true;
      bytes.close();
    },
  };
}

/** Begins to follow the log of a run under way. */
export function holdLiveLog(repo: Repository, run: ActiveRun): HeldLog {
  const stop = new AbortController();
  const folder = activeFolder(repo.commonDir, run);
  const files = activeFiles(folder);
  let file: LogBytes | undefined;
  const none = Buffer.alloc(0);
  const bytes: LogBytes = { read: (offset, length) => file?.read(offset, length) ?? none, close: () => file?.close() };
  const times = followTimes(files.timing);
  const reader = createLogReader();
  const runningSteps = createStepWatch(files.steps);
  const { log, changed, added, completed } = createOpenLog(bytes, {
    timeOf: times.at,
    progress: {
      read: async () => ({ steps: await readLiveSteps(repo, run, { parsed: reader.steps(0), times }), ...reader.annotations() }),
      state: () => [reader.changes(), ...runningSteps().map(({ id }) => id)].join(' '),
    },
  });
  const take = (chunk: Buffer): boolean => {
    // It stays readable when the run is over and its folder is gone.
    file ??= fileBytes(openSync(files.log, 'r'));
    reader.write(chunk, 0);
    added(chunk);
    return true;
  };
  const unwatch = watchSteps(folder, files.steps, changed);
  followLog(repo, run, take, stop.signal).finally(unwatch).then(() => completed(), completed);
  return {
    log,
    close() {
      stop.abort();
      unwatch();
      times.close();
      bytes.close();
    },
  };
}
