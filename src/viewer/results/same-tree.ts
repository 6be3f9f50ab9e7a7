import { tellsOf } from '../../model/verdict-rule.ts';
import type { CommitFacts } from '../../model/commit-facts.ts';
import type { StoredRunRef, Summaries } from '../../store/run-list.ts';
import type { RunIndex, RunIndexReader } from './run-index.ts';
import { groupBy } from './run-index.ts';

/** Finds the newest run of another commit that tells of this one: the same tree, run by the same script. */
export type SameTree = (facts: CommitFacts) => StoredRunRef | undefined;

/** Made once for each state of the refs. */
export function createSameTreeFinder(reader: RunIndexReader): (index: RunIndex) => Promise<SameTree> {
  let made: { state: string; finder: Promise<SameTree> } | undefined;
  return (index) => {
    if (made?.state !== index.state) {
      const finder = reader.readSummaries(index.runs).then((summaries) => finderOf(index.runs, summaries));
      made = { state: index.state, finder };
      finder.catch(() => (made = undefined));
    }
    return made.finder;
  };
}

function finderOf(runs: readonly StoredRunRef[], summaries: Summaries): SameTree {
  const onTree = groupBy(
    runs.filter(({ result }) => summaries.get(result)?.tree !== undefined),
    ({ result }) => summaries.get(result)?.tree ?? '',
  );
  return (facts) =>
    onTree.get(facts.tree)?.find(({ commit, result }) => {
      const summary = summaries.get(result);
      return summary !== undefined && tellsOf(facts, commit, summary);
    });
}
