import { compareNewestFirst } from '../model/run-id.ts';
import { parseRunRef, type RunKey } from '../model/run-ref.ts';

/** A stored run of which only the name is known. */
export interface NamedRun extends RunKey {
  ref: string;
}

/**
 * The newest runs among the names of refs, newest first. Objects are made of the few that may be among them, not of each:
 * the others cost a comparison.
 * @param names one a line, each line with its end; what is not a run ref is passed over.
 */
export function newestRuns(names: string, count: number): NamedRun[] {
  const newest: NamedRun[] = [];
  for (let start = 0, end = names.indexOf('\n'); end >= 0; start = end + 1, end = names.indexOf('\n', start)) {
    const runId = names.slice(names.lastIndexOf('/', end) + 1, end);
    const oldest = newest.length < count ? undefined : newest.at(-1);
    if (oldest !== undefined && compareNewestFirst(oldest.runId, runId) <= 0) continue;
    const ref = names.slice(start, end);
    const key = parseRunRef(ref);
    if (key !== undefined) insert(newest, { ...key, ref }, count);
  }
  return newest;
}

function insert(newest: NamedRun[], run: NamedRun, count: number): void {
  const at = newest.findLastIndex(({ runId }) => compareNewestFirst(runId, run.runId) <= 0);
  newest.splice(at + 1, 0, run);
  if (newest.length > count) newest.pop();
}
