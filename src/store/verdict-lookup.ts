import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import { readScripts } from '../git/tree-scripts.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import type { ObjectId } from '../model/object-id.ts';
import { judgeCommits, type VerdictFound } from './judge-commits.ts';
import { createRunLookup } from './run-lookup.ts';
import type { SelectedRun } from './run-selection.ts';
import { createTreeLookup, type ToldRun } from './tree-lookup.ts';

export interface CommitRuns {
  verdict: VerdictFound;
  /** Those of the commit itself, newest first. */
  runs: readonly SelectedRun[];
}

/** The verdicts on commits, as `verdictOf` gives them, and their runs, for commits that become known one after another. */
export function createVerdictLookup(
  repo: Repository,
  { trust }: Settings,
): (commits: readonly Pick<CommitFacts, 'commit' | 'tree'>[]) => Promise<Map<ObjectId, CommitRuns>> {
  const lookUpRuns = createRunLookup(repo);
  const lookUpTrees = createTreeLookup(repo);
  return async (commits) => {
    if (commits.length === 0) return new Map();
    const trees = new Set(commits.map(({ tree }) => tree));
    const [runs, scripts, ofTrees] = await Promise.all([lookUpRuns(commits.map(({ commit }) => commit)), readScripts(repo, [...trees]), lookUpTrees(trees)]);
    const judged = commits.map(({ commit, tree }) => ({
      facts: { commit, tree, script: scripts.get(tree) },
      results: [...(runs.get(commit) ?? []).flatMap(toldRun), ...(ofTrees.get(tree) ?? [])],
    }));
    const verdicts = await judgeCommits(repo, judged, trust);
    return new Map(commits.map(({ commit }) => [commit, { verdict: verdicts.get(commit) ?? { verdict: 'none' }, runs: runs.get(commit) ?? [] }]));
  };
}

const toldRun = ({ found, summary }: SelectedRun): ToldRun[] =>
  found.kind === 'live' || summary === undefined ? [] : [{ run: found.run, summary }];
