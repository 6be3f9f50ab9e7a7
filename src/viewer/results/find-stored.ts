import { isRunId } from '../../model/run-id.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { RunIndex } from './run-index.ts';

/** The newest run of a commit that is named by its id or a unique prefix. */
export function newestOf(index: RunIndex, commit: string): StoredRunRef | undefined {
  const [exact] = index.ofCommit(commit);
  if (exact !== undefined || !/^[0-9a-f]{4,64}$/.test(commit)) return exact;
  const fitting = index.runs.filter((run) => run.commit.startsWith(commit));
  const [newest] = fitting;
  return fitting.every((run) => run.commit === newest?.commit) ? newest : undefined;
}

/** What a path below a commit names: `<run id>/<path>`, or a path in its newest run. */
export function splitRunPath(index: RunIndex, commit: string, path: string): { run: StoredRunRef | undefined; runId: string | undefined; path: string } {
  const [, first = '', rest = ''] = /^([^/]*)\/(.*)$/s.exec(path) ?? [];
  if (!isRunId(first)) return { run: newestOf(index, commit), runId: undefined, path };
  const newest = newestOf(index, commit);
  return { run: newest && index.find({ commit: newest.commit, runId: first }), runId: first, path: rest };
}
