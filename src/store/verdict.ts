import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import type { CommitVerdict } from '../model/commit-verdict.ts';
import type { ResultSummary } from '../model/trailers.ts';
import type { ActiveRun } from './active-run.ts';
import { listLiveRuns } from './find-run.ts';
import { listNewestRuns } from './newest-runs.ts';
import { openResults } from './open-results.ts';
import { listStoredRuns, readSummaries, type StoredRunRef } from './run-list.ts';
import { loadSummaryCache } from './summary-cache.ts';
import { firstTrusted } from './trusted-results.ts';

/** What is known about a commit: by its own runs, or by runs of another commit with the same tree and script. */
export type VerdictFound =
  | { verdict: Extract<CommitVerdict, 'passed' | 'failed'>; run: StoredRunRef; summary: ResultSummary }
  | { verdict: Extract<CommitVerdict, 'running'>; live: ActiveRun }
  | { verdict: Extract<CommitVerdict, 'none'> };

/**
 * Looks up the verdict on a commit: the newest result that counts for its tree and script.
 *
 * Dirty runs never count, interrupted, cancelled and broken ones say nothing about the commit, and `jci.trust` decides
 * whose results do. A run under way is only told of while there is no verdict.
 */
export async function verdictOf(repo: Repository, facts: CommitFacts, settings: Settings): Promise<VerdictFound> {
  const { judge, others } = await amongNewest(repo, facts, settings);
  return inWords(repo, facts, judge ?? (others === 0 ? undefined : await amongAll(repo, facts, settings)));
}

/** The same where a commit waits for it: `undefined` if the newest results do not tell and the others are too many. */
export async function verdictAtOnce(repo: Repository, facts: CommitFacts, settings: Settings): Promise<VerdictFound | undefined> {
  const { judge, others } = await amongNewest(repo, facts, settings);
  if (judge === undefined && others > fewResults) return undefined;
  return inWords(repo, facts, judge ?? (others === 0 ? undefined : await amongAll(repo, facts, settings)));
}

/** Looking through so many takes some 10 ms. */
const fewResults = 2000;

async function inWords(repo: Repository, facts: CommitFacts, judge: Judge | undefined): Promise<VerdictFound> {
  if (judge !== undefined) return { verdict: judge.summary.status === 'ok' ? 'passed' : 'failed', ...judge };
  const live = (await listLiveRuns(repo)).find((active) => active.tree === facts.tree && !active.dirty);
  return live === undefined ? { verdict: 'none' } : { verdict: 'running', live };
}

type Judge = Pick<Extract<VerdictFound, { run: StoredRunRef }>, 'run' | 'summary'>;

/** The verdict on what is being worked on is mostly among these: they are known by the names of their refs alone. */
const newest = 50;

/** @returns also how many results there are besides those that were looked at: infinitely many if that is not known. */
async function amongNewest(repo: Repository, facts: CommitFacts, settings: Settings): Promise<{ judge: Judge | undefined; others: number }> {
  const listed = await listNewestRuns(repo, newest);
  const named = listed?.newest ?? [];
  const { results } = await openResults(repo, named.map(({ ref }) => ref));
  const runs = named.flatMap((run) => {
    const result = results.get(run.ref)?.result;
    return result === undefined ? [] : [{ ...run, result }];
  });
  const judge = await firstJudge(repo, runs, ({ ref }) => results.get(ref)?.summary, facts, settings);
  return { judge, others: listed === undefined ? Number.POSITIVE_INFINITY : listed.total - runs.length };
}

/** Of the results that are known from before, only those of this tree are opened again. */
async function amongAll(repo: Repository, facts: CommitFacts, settings: Settings): Promise<Judge | undefined> {
  const cache = loadSummaryCache(repo.commonDir);
  const ofTree = cache.resultsOf(facts.tree, facts.script);
  const mayTell = ({ commit, result }: StoredRunRef): boolean => commit === facts.commit || ofTree.has(result) || !cache.has(result);
  const runs = await listStoredRuns(repo, mayTell);
  const summaries = await readSummaries(repo, runs);
  return firstJudge(repo, runs, ({ result }) => summaries.get(result), facts, settings);
}

async function firstJudge(
  repo: Repository,
  runs: readonly StoredRunRef[],
  summaryOf: (run: StoredRunRef) => ResultSummary | undefined,
  facts: CommitFacts,
  settings: Settings,
): Promise<Judge | undefined> {
  const telling = runs.filter((run) => tells(summaryOf(run), run, facts));
  const run = await firstTrusted(repo, telling, settings.trust);
  const summary = run === undefined ? undefined : summaryOf(run);
  return run === undefined || summary === undefined ? undefined : { run, summary };
}

function tells(summary: ResultSummary | undefined, run: StoredRunRef, facts: CommitFacts): boolean {
  if (summary === undefined || summary.dirty || summary.status === 'running') return false;
  // The Go tool recorded no tree: its results count for their own commit.
  if (summary.outcome === undefined) return run.commit === facts.commit;
  if (!['passed', 'failed', 'timeout'].includes(summary.outcome)) return false;
  return summary.tree === facts.tree && summary.script === facts.script;
}
