import { readObjects } from '../git/objects.ts';
import { listRunRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { isVerdict } from '../model/outcome.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { parseRunRef, type RunKey } from '../model/run-ref.ts';
import { parseResultMessage, type ResultSummary } from '../model/trailers.ts';
import { extendSummaryCache, loadSummaryCache, type SummaryCache } from './summary-cache.ts';

/** A stored run, as its ref tells: nothing has been opened yet. */
export interface StoredRunRef extends RunKey {
  ref: string;
  result: ObjectId;
}

/** All stored runs, newest first, with one git process that opens no object. */
export async function listStoredRuns(repo: Repository): Promise<StoredRunRef[]> {
  const runs: StoredRunRef[] = [];
  for (const { ref, id } of await listRunRefs(repo)) {
    const key = parseRunRef(ref);
    if (key !== undefined) runs.push({ ...key, ref, result: id });
  }
  return runs.sort((a, b) => compareNewestFirst(a.runId, b.runId));
}

/** Below this many, opening the results is quicker than reading a cache of all of them. */
const fewRuns = 100;

/**
 * The summaries of these runs by result id, with at most two git processes.
 *
 * A result that cannot be read (its objects are missing, it is no result) has none.
 */
export async function readSummaries(
  repo: Repository,
  runs: readonly StoredRunRef[],
): Promise<ReadonlyMap<ObjectId, ResultSummary>> {
  const cache: SummaryCache = runs.length > fewRuns ? loadSummaryCache(repo.commonDir) : new Map<ObjectId, ResultSummary>();
  const unknown = runs.map(({ result }) => result).filter((id) => !cache.has(id));
  const read = await readFromGit(repo, unknown);
  if (runs.length > fewRuns) extendSummaryCache(repo.commonDir, read);
  for (const [id, summary] of read) cache.set(id, summary);
  return cache;
}

async function readFromGit(repo: Repository, ids: readonly ObjectId[]): Promise<Map<ObjectId, ResultSummary>> {
  const found = new Map<ObjectId, ResultSummary>();
  const silent: ObjectId[] = [];
  await readObjects(repo, ids, (object, id) => {
    const summary = object?.type === 'commit' ? parseResultMessage(messageOf(object.body)) : undefined;
    if (summary !== undefined) found.set(id, summary);
    else if (object?.type === 'commit') silent.push(id);
  });
  await readVerdicts(repo, silent, found);
  return found;
}

const messageOf = (commit: Buffer): string => commit.toString('utf8', commit.indexOf('\n\n') + 2);

/** Results of the Go tool say it in `status.txt` alone. */
async function readVerdicts(repo: Repository, ids: ObjectId[], found: Map<ObjectId, ResultSummary>): Promise<void> {
  let next = 0;
  const names = ids.map((id) => `${id}:status.txt`);
  await readObjects(repo, names, (object) => {
    const id = ids[next++] ?? '';
    const status = object?.body.toString('utf8', 0, 100).trim() ?? '';
    if (isVerdict(status)) found.set(id, bareSummary(status));
  });
}

function bareSummary(status: ResultSummary['status']): ResultSummary {
  return {
    status,
    outcome: undefined,
    durationMs: undefined,
    tree: undefined,
    script: undefined,
    branch: undefined,
    trigger: undefined,
    exitCode: undefined,
    dirty: false,
  };
}
