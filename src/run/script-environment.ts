import { delimiter } from 'node:path';
import type { Env } from '../base/context.ts';
import { scriptEnvironment } from '../git/environment.ts';
import type { ActiveRun } from '../store/active-run.ts';

/** Settings that every process of one run has in its environment, and no process of another. */
export const runMarks = (run: Pick<ActiveRun, 'commit' | 'runId'>): string[] => [
  `JCI_RUN_ID=${run.runId}`,
  `JCI_COMMIT=${run.commit}`,
];

/**
 * The environment of run.sh.
 * @param extra what `--env` adds; it cannot replace our own variables.
 * @param toolFolder the folder of our own executable, so that `git jci step` is found even if it is not installed.
 */
export function runEnvironment(
  env: Env,
  run: ActiveRun,
  extra: Readonly<Record<string, string>>,
  where: { stepsDir: string; toolFolder: string | undefined },
): Env {
  const path = [env['PATH'], where.toolFolder].filter(Boolean).join(delimiter);
  return {
    ...scriptEnvironment(env),
    PATH: path,
    ...extra,
    CI: 'true',
    JCI_COMMIT: run.commit,
    JCI_REPO_ROOT: run.workTree,
    JCI_OUTPUT_DIR: run.outputDir,
    JCI_RUN_ID: run.runId,
    JCI_BRANCH: run.branch ?? '',
    JCI_TRIGGER: run.trigger,
    JCI_STEPS_DIR: where.stepsDir,
  };
}
