import type { CommitItem } from '../../../src/api/commits.ts';
import { tellingRun, type RunItem } from '../../../src/api/run-item.ts';

/** Commits with the runs that are known by now: under way as the events tell, and stored since they were asked for. */
export function withRuns(commits: readonly CommitItem[], live: readonly RunItem[], stored: readonly RunItem[]): CommitItem[] {
  const newsOf = new Map<string, RunItem[]>();
  for (const run of [...live, ...stored]) newsOf.set(run.commit, [...(newsOf.get(run.commit) ?? []), run]);
  return commits.map((commit) => {
    const kept = commit.runs.filter((run) => run.live === null);
    const news = newsOf.get(commit.hash) ?? [];
    if (news.length === 0 && kept.length === commit.runs.length) return commit;
    // What is stored is no longer under way, and of a run told twice the newer telling counts.
    const byId = new Map([...news.filter((run) => run.live !== null), ...kept, ...news.filter((run) => run.live === null)].map((run) => [run.runId, run]));
    const runs = [...byId.values()].sort((a, b) => (a.runId < b.runId ? 1 : -1));
    return { ...commit, runs, hasCI: runs.length > 0, ciStatus: tellingRun(runs)?.status ?? '' };
  });
}
