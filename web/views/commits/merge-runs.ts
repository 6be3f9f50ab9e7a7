import type { CommitItem } from '../../../src/api/commits.ts';
import type { RunItem } from '../../../src/api/run-item.ts';

/** Commits with the runs that are known by now: under way as the events tell, and stored since they were asked for. */
export function withRuns(commits: readonly CommitItem[], live: readonly RunItem[], stored: readonly RunItem[]): CommitItem[] {
  const all = [...live, ...stored];
  return commits.map((commit) => {
    const kept = commit.runs.filter((run) => run.live === null);
    const news = all.filter((run) => run.commit === commit.hash);
    if (news.length === 0 && kept.length === commit.runs.length) return commit;
    // What is stored is no longer under way, and of a run told twice the newer telling counts.
    const byId = new Map([...news.filter((run) => run.live !== null), ...kept, ...news.filter((run) => run.live === null)].map((run) => [run.runId, run]));
    const runs = [...byId.values()].sort((a, b) => (a.runId < b.runId ? 1 : -1));
    return { ...commit, runs, hasCI: runs.length > 0, ciStatus: runs[0]?.status ?? '' };
  });
}

/** The list with a newer first page: what is new stands above, what is known is replaced, what lies below stays. */
export function withFirstPage(known: readonly CommitItem[], page: readonly CommitItem[]): CommitItem[] {
  const last = page.at(-1)?.hash;
  const end = known.findIndex(({ hash }) => hash === last);
  if (end >= 0) return [...page, ...known.slice(end + 1)];
  const inPage = new Set(page.map(({ hash }) => hash));
  const rest = known.filter(({ hash }) => !inPage.has(hash));
  // Nothing in common: the branch was rewritten, and nobody knows what of the old list is still on it.
  return rest.length === known.length ? [...page] : [...page, ...rest];
}
