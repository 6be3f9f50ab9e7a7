import type { CommitItem } from '../../../src/api/commits.ts';
import type { RunItem } from '../../../src/api/run-item.ts';

/** A line of the list: a commit, or a run of one that is unfolded. */
export type Row = { key: string; commit: CommitItem; run?: undefined } | { key: string; commit: CommitItem; run: RunItem };

/** @param open hashes of the commits whose runs are shown. */
export function rowsOf(commits: readonly CommitItem[], open: ReadonlySet<string>): Row[] {
  return commits.flatMap((commit): Row[] => {
    const row: Row = { key: commit.hash, commit };
    if (!open.has(commit.hash) || commit.runs.length < 2) return [row];
    return [row, ...commit.runs.map((run): Row => ({ key: `${commit.hash} ${run.runId}`, commit, run }))];
  });
}
