import type { Trust } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import type { CommitVerdict } from '../model/commit-verdict.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { belongsTo, tellsOf, verdictIn } from '../model/verdict-rule.ts';
import type { ActiveRun } from './active-run.ts';
import { listLiveRuns } from './all-runs.ts';
import type { StoredRunRef } from './run-list.ts';
import type { SummarisedRun } from './tree-lookup.ts';
import { firstTrustedOfEach } from './trusted-results.ts';

/** What is known about a commit: by its own runs, or by runs of another commit with the same tree and script. */
export type VerdictFound =
  | { verdict: Extract<CommitVerdict, 'passed' | 'failed'>; run: StoredRunRef; summary: ResultSummary }
  | { verdict: Extract<CommitVerdict, 'running'>; live: ActiveRun }
  | { verdict: Extract<CommitVerdict, 'none'> };

/** A commit, and the results among which its verdict may be; some of them may stand there twice. */
export interface JudgedCommit {
  facts: CommitFacts;
  results: readonly SummarisedRun[];
}

/**
 * The verdicts on commits: of the results that say something about a commit and count under `jci.trust`, the newest. A run
 * under way is only reported while there is no verdict.
 */
export async function judgeCommits(repo: Repository, commits: readonly JudgedCommit[], trust: Trust): Promise<Map<ObjectId, VerdictFound>> {
  const judges = await findJudges(repo, commits, trust);
  const live = judges.includes(undefined) ? await listLiveRuns(repo) : [];
  return new Map(commits.map(({ facts }, index) => [facts.commit, inWords(facts, judges[index], live)]));
}

/** By position, the results that verdicts are taken from; without a look at live runs. */
export async function findJudges(repo: Repository, commits: readonly JudgedCommit[], trust: Trust): Promise<(SummarisedRun | undefined)[]> {
  const counts = (facts: CommitFacts, { run, summary }: SummarisedRun): boolean => belongsTo(run, summary, trust === 'signed') && tellsOf(facts, run.commit, summary);
  const telling = commits.map(({ facts, results }) => newestFirst(results.filter((result) => counts(facts, result))));
  const newest = await firstTrusted(repo, telling, trust);
  const own = telling.map((results, index) => {
    const { commit } = commits[index]?.facts ?? {};
    return newest[index]?.run.commit === commit ? [] : results.filter(({ run }) => run.commit === commit);
  });
  const newestOwn = await firstTrusted(repo, own, trust);
  return newest.map((judge, index) => (judge === undefined ? undefined : preferOwn(judge, newestOwn[index])));
}

async function firstTrusted(repo: Repository, lists: readonly (readonly SummarisedRun[])[], trust: Trust): Promise<(SummarisedRun | undefined)[]> {
  const trusted = await firstTrustedOfEach(repo, lists.map((results) => results.map(({ run }) => run)), trust);
  return lists.map((results, index) => results.find(({ run }) => run === trusted[index]));
}

const preferOwn = (judge: SummarisedRun, own: SummarisedRun | undefined): SummarisedRun =>
  own !== undefined && verdictIn(own.summary) === verdictIn(judge.summary) ? own : judge;

const newestFirst = (results: readonly SummarisedRun[]): SummarisedRun[] => [...results].sort((a, b) => compareNewestFirst(a.run.runId, b.run.runId));

/** @param live all runs under way, if there is no result to go by. */
function inWords({ tree }: CommitFacts, judge: SummarisedRun | undefined, live: readonly ActiveRun[]): VerdictFound {
  if (judge !== undefined) return { verdict: verdictIn(judge.summary), ...judge };
  const running = live.find((active) => active.tree === tree && !active.dirty);
  return running === undefined ? { verdict: 'none' } : { verdict: 'running', live: running };
}
