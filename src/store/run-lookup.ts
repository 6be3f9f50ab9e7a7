import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { listAllRuns, listAllRunsOf, type FoundRun } from './all-runs.ts';
import { createSummaryReader } from './run-list.ts';
import type { SelectedRun } from './run-selection.ts';

/** From here on, listing every run is quicker than asking git for the runs of single commits. */
const manyCommits = 200;

/** The runs of commits, newest first, for commits that become known one after another: those of a history. */
export function createRunLookup(repo: Repository): (commits: readonly ObjectId[]) => Promise<Map<ObjectId, SelectedRun[]>> {
  const readSummaries = createSummaryReader(repo);
  let all: Map<ObjectId, FoundRun[]> | undefined;
  let asked = 0;
  return async (commits) => {
    asked += commits.length;
    if (asked > manyCommits) all ??= byCommit(await listAllRuns(repo), commitOf);
    const runs = all ?? byCommit(await listAllRunsOf(repo, new Set(commits)), commitOf);
    const found = commits.flatMap((commit) => runs.get(commit) ?? []);
    const summaries = await readSummaries(found.flatMap((one) => (one.kind === 'stored' ? [one.run] : [])));
    const selected = found.map((one): SelectedRun => ({ found: one, summary: one.kind === 'stored' ? summaries.get(one.run.result) : undefined }));
    return byCommit(selected, ({ found: run }) => commitOf(run));
  };
}

const commitOf = ({ run }: FoundRun): ObjectId => run.commit;

function byCommit<Run>(runs: readonly Run[], of: (run: Run) => ObjectId): Map<ObjectId, Run[]> {
  const groups = new Map<ObjectId, Run[]>();
  for (const run of runs) {
    const commit = of(run);
    const group = groups.get(commit);
    if (group === undefined) groups.set(commit, [run]);
    else group.push(run);
  }
  return groups;
}
