import type { Repository } from '../../git/repository.ts';
import type { RunKey } from '../../model/run-ref.ts';
import type { KnownSecrets } from '../../output/known-secrets.ts';
import { printable } from '../../output/terminal-text.ts';
import { createStepWatch } from '../../step/step-records.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { displayWidth, truncate } from '../render/any-fit.ts';

/** A run, and what must not be shown of it. */
interface Running {
  key: RunKey;
  secrets: KnownSecrets;
}

/**
 * Says in one line what a run is at: `running lint, types 0:42`.
 * @returns takes how long the run has lasted, and the columns there are.
 */
export function describeRunning(repo: Repository, { key, secrets }: Running, more: string): (elapsedMs: number, columns: number) => string {
  const runningSteps = createStepWatch(activeFiles(activeFolder(repo.commonDir, key)).steps);
  return (elapsedMs, columns) => {
    const names = runningSteps().map(({ name }) => printable(secrets.redact(name))).join(', ');
    const clock = formatClock(elapsedMs);
    const what = names === '' ? 'running' : `running ${names}`;
    return `${truncate(what, columns - displayWidth(clock) - 1, more)} ${clock}`;
  };
}

/** `0:42`, `12:05`, `1:00:00`. */
function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const twoDigits = (count: number): string => String(count).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}
