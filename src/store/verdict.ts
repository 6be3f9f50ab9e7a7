import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { verdictIn } from '../model/verdict-rule.ts';
import { findJudges, judgeCommits, type VerdictFound } from './judge-commits.ts';
import { listNewestRuns } from './newest-runs.ts';
import { openResults } from './open-results.ts';
import { listRunsOf, readSummaries } from './run-list.ts';
import { createRunLookup, summarisedRun } from './run-lookup.ts';
import type { SummarisedRun } from './tree-lookup.ts';

/** Looks up the verdict on a commit: the newest result that counts for its tree and script, as `judgeCommits` has it. */
export async function verdictOf(repo: Repository, facts: CommitFacts, settings: Settings): Promise<VerdictFound> {
  const { judge, others } = await amongNewest(repo, facts, settings);
  return judge === undefined ? amongAll(repo, facts, settings, others) : inWords(judge);
}

/** The same where a commit waits for it: `undefined` if the newest results do not tell and the others are too many. */
export async function verdictAtOnce(repo: Repository, facts: CommitFacts, settings: Settings): Promise<VerdictFound | undefined> {
  const { judge, others } = await amongNewest(repo, facts, settings);
  if (judge !== undefined) return inWords(judge);
  return others > fewResults ? undefined : amongAll(repo, facts, settings, others);
}

/** Looking through so many takes some 10 ms. */
const fewResults = 2000;

const inWords = (judge: SummarisedRun): VerdictFound => ({ verdict: verdictIn(judge.summary), ...judge });

/** The verdict on what is being worked on is mostly among these: they are known by the names of their refs alone. */
const newest = 50;

/** @returns also how many results there are besides those that were looked at: infinitely many if that is not known. */
async function amongNewest(repo: Repository, facts: CommitFacts, { trust }: Settings): Promise<{ judge: SummarisedRun | undefined; others: number }> {
  const listed = await listNewestRuns(repo, newest);
  const named = listed?.newest ?? [];
  const { results: opened } = await openResults(repo, named.map(({ ref }) => ref));
  const results = named.flatMap((run): SummarisedRun[] => {
    const { result, summary } = opened.get(run.ref) ?? {};
    return result === undefined || summary === undefined ? [] : [{ run: { ...run, result }, summary }];
  });
  const [judge] = await findJudges(repo, [{ facts, results }], trust);
  return { judge: judge === undefined ? undefined : await preferOwn(repo, facts, judge, trust), others: listed === undefined ? Number.POSITIVE_INFINITY : listed.total - opened.size };
}

/** A run of the commit itself is named rather than another one; it may be older than those that were looked at. */
async function preferOwn(repo: Repository, facts: CommitFacts, judge: SummarisedRun, trust: Settings['trust']): Promise<SummarisedRun> {
  if (judge.run.commit === facts.commit) return judge;
  const runs = await listRunsOf(repo, [facts.commit]);
  const summaries = await readSummaries(repo, runs);
  const own = runs.flatMap((run): SummarisedRun[] => {
    const summary = summaries.get(run.result);
    return summary === undefined ? [] : [{ run, summary }];
  });
  const [preferred = judge] = await findJudges(repo, [{ facts, results: [judge, ...own] }], trust);
  return preferred;
}

async function amongAll(repo: Repository, facts: CommitFacts, { trust }: Settings, others: number): Promise<VerdictFound> {
  const results = others === 0 ? [] : await resultsFor(repo, facts);
  const [verdict = { verdict: 'none' }] = (await judgeCommits(repo, [{ facts, results }], trust)).values();
  return verdict;
}

async function resultsFor(repo: Repository, facts: CommitFacts): Promise<SummarisedRun[]> {
  const { ofCommit, onTree } = await createRunLookup(repo)([facts]);
  return [...(ofCommit.get(facts.commit) ?? []).flatMap(summarisedRun), ...(onTree.get(facts.tree) ?? [])];
}
