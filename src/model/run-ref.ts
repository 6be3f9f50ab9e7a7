import { isObjectId, type ObjectId } from './object-id.ts';
import { isRunId, type RunId } from './run-id.ts';

/** The namespace of all results. */
export const runRefPrefix = 'refs/jci-runs/';

/** A run, identified: every listing and command passes this around. */
export interface RunKey {
  readonly commit: ObjectId;
  readonly runId: RunId;
}

/** `refs/jci-runs/<commit>/<run id>` */
export const runRef = (key: RunKey): string => `${runRefPrefix}${key.commit}/${key.runId}`;

/** Reads a run ref; `undefined` for anything else somebody put into the namespace. */
export function parseRunRef(ref: string): RunKey | undefined {
  if (!ref.startsWith(runRefPrefix)) return undefined;
  const [commit, runId, ...rest] = ref.slice(runRefPrefix.length).split('/');
  if (commit === undefined || runId === undefined || rest.length > 0) return undefined;
  return isObjectId(commit) && isRunId(runId) ? { commit, runId } : undefined;
}
