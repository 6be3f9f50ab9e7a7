import type { RecentRuns } from '../../../src/api/commits.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { keyOf } from '../../../src/model/run-ref.ts';

type Recent = RecentRuns['runs'][number];

/** Runs under way first, then the stored ones as they came; what the filters do not want is left out. */
export function withLive(listed: readonly Recent[], live: readonly RunItem[], branch: string, verdict: string): Recent[] {
  const subjects = new Map(listed.map(({ commit, subject }) => [commit, subject]));
  const wanted = live.filter((run) => (branch === '' || run.branch === branch) && (verdict === '' || run.status === verdict));
  const stored = new Set(listed.filter((run) => run.live === null).map(keyOf));
  return [
    ...wanted.filter((run) => !stored.has(keyOf(run))).map((run) => ({ ...run, subject: subjects.get(run.commit) ?? null })),
    ...listed.filter((run) => run.live === null),
  ];
}
