import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { listAllRuns, listAllRunsOf, listLiveRuns, mergeRuns, type FoundRun } from './all-runs.ts';
import { readSummaries } from './run-list.ts';
import type { SelectedRun } from './run-selection.ts';
import { createTreeLookup, type SummarisedRun } from './tree-lookup.ts';

export interface CommitAndTree {
  commit: ObjectId;
  tree: ObjectId;
}

/** The runs that may say something about commits. */
export interface RunsFound {
  /** Newest first. */
  ofCommit: ReadonlyMap<ObjectId, readonly SelectedRun[]>;
  /** Stored ones of any commit, in no order. */
  onTree: ReadonlyMap<ObjectId, readonly SummarisedRun[]>;
}

/** From here on, taking every run there is is quicker than looking for those of single commits. */
const manyCommits = 200;

/** The runs of commits and of their trees, for commits that become known one after another: those of a history. */
export function createRunLookup(repo: Repository): (commits: readonly CommitAndTree[]) => Promise<RunsFound> {
  const lookUpTrees = createTreeLookup(repo);
  let all: RunsFound | undefined;
  let asked = 0;
  return async (commits) => {
    asked += commits.length;
    if (asked > manyCommits) return (all ??= group(await select(repo, await listAllRuns(repo))));
    const ids = new Set(commits.map(({ commit }) => commit));
    const { ofCommits, onTrees } = await lookUpTrees(ids, new Set(commits.map(({ tree }) => tree)));
    const own = ofCommits === undefined ? await select(repo, await listAllRunsOf(repo, ids)) : await withLiveOnes(repo, ofCommits, ids);
    return { ofCommit: groupBy(own, commitOf), onTree: groupBy(onTrees, treeOf) };
  };
}

async function select(repo: Repository, found: readonly FoundRun[]): Promise<SelectedRun[]> {
  const summaries = await readSummaries(repo, found.flatMap((one) => (one.kind === 'stored' ? [one.run] : [])));
  return found.map((one): SelectedRun => ({ found: one, summary: one.kind === 'stored' ? summaries.get(one.run.result) : undefined }));
}

async function withLiveOnes(repo: Repository, summarised: readonly SummarisedRun[], commits: ReadonlySet<ObjectId>): Promise<SelectedRun[]> {
  const summaries = new Map(summarised.map(({ run, summary }) => [run.ref, summary]));
  const live = (await listLiveRuns(repo)).filter(({ commit }) => commits.has(commit));
  const stored = summarised.map(({ run }) => run).sort((a, b) => compareNewestFirst(a.runId, b.runId));
  return mergeRuns(stored, live).map((found) => ({ found, summary: found.kind === 'stored' ? summaries.get(found.run.ref) : undefined }));
}

/** The run and its summary, if it is over and could be read. */
export const summarisedRun = ({ found, summary }: SelectedRun): SummarisedRun[] =>
  found.kind === 'live' || summary === undefined ? [] : [{ run: found.run, summary }];

const commitOf = ({ found }: SelectedRun): ObjectId => found.run.commit;
const treeOf = ({ summary }: SummarisedRun): ObjectId | undefined => summary.tree;

const group = (runs: readonly SelectedRun[]): RunsFound => ({ ofCommit: groupBy(runs, commitOf), onTree: groupBy(runs.flatMap(summarisedRun), treeOf) });

function groupBy<Run>(runs: readonly Run[], of: (run: Run) => ObjectId | undefined): Map<ObjectId, Run[]> {
  const groups = new Map<ObjectId, Run[]>();
  for (const run of runs) {
    const id = of(run);
    if (id === undefined) continue;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [run]);
    else known.push(run);
  }
  return groups;
}
