import type { StepRecord } from './step-records.ts';

/**
 * Says which steps of a passed run did not pass. That may be meant (`|| true`), but mostly it is a step in the background
 * that nobody waited for, or a failure that `set -e` overlooks, as it does on the left of `&&`.
 */
export function describeIgnoredFailures(steps: readonly StepRecord[]): string[] {
  return steps
    .filter(({ durationMs, exitCode }) => durationMs === undefined || exitCode !== 0)
    .sort((a, b) => a.startedAt - b.startedAt)
    .map(({ name, durationMs, exitCode }) => {
      const how = durationMs === undefined ? 'was still running' : `failed with exit code ${exitCode}`;
      return `step '${name}' ${how}, yet run.sh exited with 0: to fail with a step in the background, wait for it by its pid`;
    });
}
