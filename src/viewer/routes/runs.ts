import { Hono } from 'hono';
import { pageSize, recentRuns, type RecentRuns } from '../../api/commits.ts';
import { runStates, type RunItem } from '../../api/run-item.ts';
import { compareNewestFirst } from '../../model/run-id.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { answer } from '../http/answer.ts';
import { badRequest } from '../http/problems.ts';
import { choice } from '../http/query.ts';
import type { ViewerParts } from '../parts.ts';
import { readCommitHeads } from '../results/commit-heads.ts';
import { readNow } from '../results/now.ts';
import { storedItem } from '../results/run-items.ts';

/** `/api/runs`: runs of any commit, newest first, those under way before all others. */
export function runsRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/api/runs', async (c) => {
    const before = c.req.query('before');
    const branch = c.req.query('branch');
    const status = choice(c, 'verdict', runStates);
    const { index, live } = await readNow(parts);
    const fits = (run: RunItem): boolean => (branch === undefined || branch === '' || run.branch === branch) && (status === undefined || run.status === status);
    const first = before === undefined ? live.map(({ item }) => item).filter(fits) : [];
    const { items, next } = await findPage(parts, index.runs, startOf(index.runs, before), fits);
    return answer(c, recentRuns, { runs: await withSubjects(parts, [...first, ...items]), next });
  });
  return app;
}

/** `<run id>.<commit>`: where the next page begins, also if that run is gone meanwhile. */
function startOf(runs: readonly StoredRunRef[], before: string | undefined): number {
  if (before === undefined) return 0;
  const [, runId, commit] = /^(\d{1,12}-[0-9a-f]{4})\.([0-9a-f]{40,64})$/.exec(before) ?? [];
  if (runId === undefined) throw badRequest(`before: '${before}' is no place in the list`);
  const same = runs.findIndex((run) => run.runId === runId && run.commit === commit);
  if (same >= 0) return same + 1;
  const older = runs.findIndex((run) => compareNewestFirst(runId, run.runId) < 0);
  return older < 0 ? runs.length : older;
}

async function findPage(
  { index }: ViewerParts,
  runs: readonly StoredRunRef[],
  start: number,
  fits: (item: RunItem) => boolean,
): Promise<{ items: RunItem[]; next: string | null }> {
  const items: RunItem[] = [];
  let at = start;
  while (at < runs.length && items.length < pageSize) {
    const batch = runs.slice(at, at + 2 * pageSize);
    const summaries = await index.readSummaries(batch);
    for (const run of batch) {
      if (items.length === pageSize) break;
      at += 1;
      const item = storedItem(run, summaries.get(run.result));
      if (fits(item)) items.push(item);
    }
  }
  const last = runs[at - 1];
  return { items, next: at < runs.length && last !== undefined ? `${last.runId}.${last.commit}` : null };
}

async function withSubjects({ objects }: ViewerParts, items: readonly RunItem[]): Promise<RecentRuns['runs']> {
  const commits = [...new Set(items.map(({ commit }) => commit))];
  const heads = await readCommitHeads(objects, commits);
  const subjects = new Map(commits.map((commit, position) => [commit, heads[position]?.subject ?? null]));
  return items.map((item) => ({ ...item, subject: subjects.get(item.commit) ?? null }));
}
