import { commitsInHistory } from '../git/ancestry.ts';
import { readSubjects } from '../git/subjects.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { listAllRuns, listAllRunsOf, type FoundRun } from './all-runs.ts';
import { createSummaryReader, type StoredRunRef, type Summaries } from './run-list.ts';
import type { RunSelection, SelectedRun, SelectedRuns } from './run-selection.ts';
import { selectNewest } from './select-newest.ts';

/** Up to so many are selected while the names of all are looked through. */
const shortListing = 200;

/**
 * Selects runs, newest first.
 *
 * Run ids hold their time, so the newest are known from the ref names alone: only as many results are opened as are asked
 * for.
 */
export async function selectRuns(repo: Repository, selection: RunSelection): Promise<SelectedRuns> {
  const { commit, historyOf, status, limit } = selection;
  const isShort = commit === undefined && status === undefined && limit !== undefined && limit <= shortListing;
  const newest = isShort ? await selectNewest(repo, limit, historyOf) : undefined;
  return newest ?? selectFromAll(repo, selection);
}

/** How many runs are looked at first, and how many times more each next time, until there are enough that fit. */
const firstBatch = 500;
const batchGrowth = 4;

async function selectFromAll(repo: Repository, selection: RunSelection): Promise<SelectedRuns> {
  const { commit, historyOf, status, limit = Infinity } = selection;
  const candidates = commit === undefined ? await listAllRuns(repo) : await listAllRunsOf(repo, new Set([commit]));
  const readSummaries = createSummaryReader(repo);
  const fitting: FoundRun[] = [];
  let size = historyOf === undefined && status === undefined ? candidates.length : firstBatch;
  for (let start = 0; start < candidates.length && fitting.length < limit; start += size, size *= batchGrowth) {
    const inScope = await keepHistory(repo, candidates.slice(start, start + size), historyOf);
    const summaries = status === undefined ? undefined : await readSummaries(inScope.flatMap(storedRun));
    fitting.push(...inScope.filter((found) => summaries === undefined || fits(found, summaries, status)));
  }
  const selected = fitting.slice(0, limit);
  const commits = selection.subjects ? [...new Set(selected.map(({ run }) => run.commit))] : [];
  // Git is at work on the subjects while the cache is read.
  const [subjects, summaries] = await Promise.all([readSubjects(repo, commits), readSummaries(selected.flatMap(storedRun))]);
  return { runs: selected.map((found) => ({ found, summary: summaryOf(found, summaries) })), subjects };
}

async function keepHistory(repo: Repository, runs: readonly FoundRun[], tip: ObjectId | undefined): Promise<readonly FoundRun[]> {
  if (tip === undefined) return runs;
  const history = await commitsInHistory(repo, tip, new Set(runs.map(({ run }) => run.commit)));
  return runs.filter(({ run }) => history.has(run.commit));
}

const storedRun = (found: FoundRun): StoredRunRef[] => (found.kind === 'stored' ? [found.run] : []);

const summaryOf = (found: FoundRun, summaries: Summaries): SelectedRun['summary'] =>
  found.kind === 'stored' ? summaries.get(found.run.result) : undefined;

function fits(found: FoundRun, summaries: Summaries, status: RunSelection['status']): boolean {
  if (found.kind === 'live') return status === 'running';
  const summary = summaryOf(found, summaries);
  return summary?.status === status || summary?.outcome === status;
}
