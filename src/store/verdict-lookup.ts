import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import { readScripts } from '../git/tree-scripts.ts';
import type { ObjectId } from '../model/object-id.ts';
import { judgeCommits, type VerdictFound } from './judge-commits.ts';
import { createRunLookup, summarisedRun, type CommitAndTree } from './run-lookup.ts';
import type { SelectedRun } from './run-selection.ts';

export interface CommitRuns {
  verdict: VerdictFound;
  /** Those of the commit itself, newest first. */
  runs: readonly SelectedRun[];
}

/** The verdicts on commits, as `verdictOf` gives them, and their runs, for commits that become known one after another. */
export function createVerdictLookup(repo: Repository): (commits: readonly CommitAndTree[], settings: Settings) => Promise<Map<ObjectId, CommitRuns>> {
  const lookUp = createRunLookup(repo);
  return async (commits, { trust }) => {
    if (commits.length === 0) return new Map();
    const trees = new Set(commits.map(({ tree }) => tree));
    const [{ ofCommit, onTree }, scripts] = await Promise.all([lookUp(commits), readScripts(repo, [...trees])]);
    const judged = commits.map(({ commit, tree }) => ({
      facts: { commit, tree, script: scripts.get(tree) },
      results: [...(ofCommit.get(commit) ?? []).flatMap(summarisedRun), ...(onTree.get(tree) ?? [])],
    }));
    const verdicts = await judgeCommits(repo, judged, trust);
    return new Map(commits.map(({ commit }) => [commit, { verdict: verdicts.get(commit) ?? { verdict: 'none' }, runs: ofCommit.get(commit) ?? [] }]));
  };
}
