import { createHash } from 'node:crypto';
import { listRefs, type RefTip } from '../../git/refs.ts';
import { refFilesState } from '../../git/ref-files.ts';
import type { Repository } from '../../git/repository.ts';
import type { ObjectId } from '../../model/object-id.ts';
import type { RunId } from '../../model/run-id.ts';
import { runRefPrefix, type RunKey } from '../../model/run-ref.ts';
import { createSummaryReader, newestFirst, type StoredRunRef, type Summaries } from '../../store/run-list.ts';

const branchPrefix = 'refs/heads/';

/** All refs that matter here, as they stood at one moment. */
export interface RunIndex {
  /** Another text for any other refs: short enough for an ETag. */
  state: string;
  /** Local branches by name. */
  branches: ReadonlyMap<string, ObjectId>;
  /** Every stored run, newest first. */
  runs: readonly StoredRunRef[];
  /** The stored runs of a commit, newest first. */
  ofCommit(commit: ObjectId): readonly StoredRunRef[];
  find(key: RunKey): StoredRunRef | undefined;
  /** The runs with this id: ids are unique for one commit only. */
  byRunId(runId: RunId): readonly StoredRunRef[];
}

/** Asks git only after a change. */
export interface RunIndexReader {
  /**
   * As it is now, or was a moment ago.
   * @param seen what the caller has seen of runs under way: a run that is none any more has its result, and whoever saw that must not be given an older index.
   */
  read(seen?: string): Promise<RunIndex>;
  /** Opens results; each is opened once while the server lives. */
  readSummaries(runs: readonly StoredRunRef[]): Promise<Summaries>;
}

/** A look at the files of refs is believed for so long: a thousand requests at once need no thousand looks. */
const believedMs = 30;

/** One `for-each-ref` for all requests, until a ref changes. */
export function createRunIndexReader(repo: Repository): RunIndexReader {
  const readSummaries = createSummaryReader(repo);
  let known: { files: string; index: Promise<RunIndex> } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lastSeen: string | undefined;
  return {
    read(seen = lastSeen) {
      const now = repo.ctx.elapsed();
      if (known !== undefined && now - lookedAt < believedMs && seen === lastSeen) return known.index;
      lookedAt = now;
      lastSeen = seen;
      // Looked at before git is asked: a change in between is seen the next time.
      const files = refFilesState(repo);
      if (known?.files === files) return known.index;
      const index = listRefs(repo, [branchPrefix, runRefPrefix]).then((tips) => indexOf(tips, files));
      known = { files, index };
      // Not remembered: the next request asks again.
      index.catch(() => (known = undefined));
      return index;
    },
    readSummaries,
  };
}

function indexOf(tips: readonly RefTip[], files: string): RunIndex {
  const runs = newestFirst(tips.filter(({ ref }) => ref.startsWith(runRefPrefix)));
  const branches = new Map(tips.flatMap(({ ref, id }) => (ref.startsWith(branchPrefix) ? [[ref.slice(branchPrefix.length), id] as const] : [])));
  const byCommit = groupBy(runs, ({ commit }) => commit);
  let byId: Map<RunId, StoredRunRef[]> | undefined;
  return {
    state: createHash('sha256').update(files).digest('base64url').slice(0, 16),
    branches,
    runs,
    ofCommit: (commit) => byCommit.get(commit) ?? [],
    find: ({ commit, runId }) => byCommit.get(commit)?.find((run) => run.runId === runId),
    byRunId: (runId) => (byId ??= groupBy(runs, (run) => run.runId)).get(runId) ?? [],
  };
}

/** Groups in the order of the list. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
