import type { ObjectId } from './object-id.ts';
import type { RunId } from './run-id.ts';

/** The namespace of all results. */
export const runRefPrefix = 'refs/jci-runs/';

/** A run, identified: every listing and command passes this around. */
export interface RunKey {
  readonly commit: ObjectId;
  readonly runId: RunId;
}

/** `<commit>/<run id>`: what a run is known by in addresses and lists. */
export const keyOf = ({ commit, runId }: RunKey): string => `${commit}/${runId}`;

/** `refs/jci-runs/<commit>/<run id>` */
export const runRef = (key: RunKey): string => runRefPrefix + keyOf(key);

const pattern = new RegExp(`^${runRefPrefix}([0-9a-f]{40}|[0-9a-f]{64})/(\\d{1,12}-[0-9a-f]{4})$`);

/** Reads a run ref; `undefined` for anything else somebody put into the namespace. One pattern: a listing of all runs asks often. */
export function parseRunRef(ref: string): RunKey | undefined {
  const [, commit, runId] = pattern.exec(ref) ?? [];
  return commit === undefined || runId === undefined ? undefined : { commit, runId };
}
