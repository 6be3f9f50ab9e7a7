import { loadSettings } from '../../config/load.ts';
import type { ObjectSession } from '../../git/object-session.ts';
import type { Repository } from '../../git/repository.ts';
import type { CommitFacts } from '../../model/commit-facts.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { tellsOf } from '../../model/verdict-rule.ts';
import { findJudges, type JudgedCommit } from '../../store/judge-commits.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { SummarisedRun } from '../../store/tree-lookup.ts';
import { readScriptIds } from './commit-heads.ts';
import type { RunIndex, RunIndexReader } from './run-index.ts';
import { groupBy } from './run-index.ts';

/** What is known of commits by runs of others: the same tree, run by the same script. */
export interface SameTrees {
  /** For a commit, the run that its verdict is taken from. */
  runs: ReadonlyMap<ObjectId, StoredRunRef>;
  /** Whether it hangs on `jci.trust` and the keys of the user, which change without any ref. */
  areJudged: boolean;
}

/** A commit, by what stands in it. */
export type CommitTree = Pick<CommitFacts, 'commit' | 'tree'>;

/** @param commits without runs of their own. @throws JciError (usage) for settings that cannot be used. */
export type SameTreeFinder = (index: RunIndex, commits: readonly CommitTree[]) => Promise<SameTrees>;

/**
 * By the rule of `git jci log`. Which script a commit has and who is trusted is asked only where a run was on its tree, which is seldom: mostly for
 * one that was reworded or rebased.
 */
export function createSameTreeFinder(repo: Repository, reader: RunIndexReader, objects: ObjectSession): SameTreeFinder {
  const runsOnTrees = createTreeLookup(reader);
  return async (index, commits) => {
    const onTree = commits.length === 0 ? new Map<string, SummarisedRun[]>() : await runsOnTrees(index);
    const likely = commits.filter(({ tree }) => onTree.has(tree));
    const scripts = await readScriptIds(objects, likely.map(({ tree }) => tree));
    const judged = likely.flatMap((commit, position): JudgedCommit[] => {
      const facts = { ...commit, script: scripts[position] };
      const results = (onTree.get(facts.tree) ?? []).filter(({ run, summary }) => tellsOf(facts, run.commit, summary));
      return results.length === 0 ? [] : [{ facts, results }];
    });
    if (judged.length === 0) return { runs: new Map(), areJudged: false };
    const { trust } = (await loadSettings(repo)).settings;
    const judges = await findJudges(repo, judged, trust);
    const runs = judged.flatMap(({ facts }, at) => {
      const judge = judges[at];
      return judge === undefined ? [] : [[facts.commit, judge.run] as const];
    });
    return { runs: new Map(runs), areJudged: true };
  };
}

type RunsOnTrees = Map<string, SummarisedRun[]>;

/** Made once for each state of the refs. */
function createTreeLookup(reader: RunIndexReader): (index: RunIndex) => Promise<RunsOnTrees> {
  let made: { state: string; runs: Promise<RunsOnTrees> } | undefined;
  return (index) => {
    if (made?.state !== index.state) {
      const runs = groupByTree(reader, index.runs);
      made = { state: index.state, runs };
      runs.catch(() => (made = undefined));
    }
    return made.runs;
  };
}

async function groupByTree(reader: RunIndexReader, runs: readonly StoredRunRef[]): Promise<RunsOnTrees> {
  const summaries = await reader.readSummaries(runs);
  const onTrees = runs.flatMap((run): SummarisedRun[] => {
    const summary = summaries.get(run.result);
    return summary?.tree === undefined ? [] : [{ run, summary }];
  });
  return groupBy(onTrees, ({ summary }) => summary.tree ?? '');
}
