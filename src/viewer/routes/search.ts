import { Hono } from 'hono';
import { runStates, type RunItem } from '../../api/run-item.ts';
import { runSearch, type RunSearch } from '../../api/search.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Send } from '../http/ndjson.ts';
import { choice } from '../http/query.ts';
import { answerSearch } from '../logs/answer-search.ts';
import type { RunHits } from '../logs/search-hits.ts';
import type { Matcher } from '../logs/search-matcher.ts';
import { readQuery } from '../logs/search-query.ts';
import { createSearchSlots } from '../logs/search-slots.ts';
import { searchStored } from '../logs/search-stored.ts';
import type { ViewerParts } from '../parts.ts';
import { readCommitHeads } from '../results/commit-heads.ts';
import { storedItem } from '../results/run-items.ts';

/** Hits that are told of one run. */
const mostHits = 5;

/** Runs that are opened with one git process, and then searched with another. */
const runsAtOnce = 500;

/** Progress is told at least once for so many runs or in so many ms. */
const tellRuns = 200;
const tellMs = 150;

/** `/api/search`: the stored runs in whose logs something is found, newest first. */
export function searchRoute(parts: ViewerParts): Hono {
  const slots = createSearchSlots(parts.repo.ctx.elapsed);
  const app = new Hono();
  app.get('/api/search', async (c) => {
    const query = readQuery(c);
    const fits = filterOf(c.req.query('branch') ?? '', choice(c, 'verdict', runStates));
    const { runs } = await parts.index.read();
    const of = runs.length;
    return answerSearch<RunSearch>(c, runSearch, parts, {
      query,
      slots,
      nothing: { searched: 0, of },
      progressIn: ({ searched }) => ({ searched, of }),
      async search(matcher, tell, signal) {
        await searchRuns(parts, { runs, fits, matcher, signal }, tell);
        return { searched: of, of };
      },
    });
  });
  return app;
}

type Fits = (item: RunItem) => boolean;

const filterOf = (branch: string, verdict: RunItem['status'] | undefined): Fits => (run) =>
  (branch === '' || run.branch === branch) && (verdict === undefined || run.status === verdict);

interface RunsToSearch {
  runs: readonly StoredRunRef[];
  fits: Fits;
  matcher: Matcher;
  signal: AbortSignal;
}

async function searchRuns(parts: ViewerParts, { runs, fits, matcher, signal }: RunsToSearch, tell: Send<RunSearch>): Promise<void> {
  const progress = createProgress(runs.length, parts.repo.ctx.elapsed, tell);
  for (let start = 0; start < runs.length && !signal.aborted; start += runsAtOnce) {
    const batch = runs.slice(start, start + runsAtOnce);
    const summaries = await parts.index.readSummaries(batch);
    const itemOf = (run: StoredRunRef): RunItem => storedItem(run, summaries.get(run.result));
    const fitting = batch.filter((run) => fits(itemOf(run)));
    await progress.passed(batch.length - fitting.length);
    await searchStored(parts.repo, fitting, {
      matcher,
      most: mostHits,
      signal,
      async onRun(run, { hits, more }) {
        if (hits.length === 0) await progress.passed(1);
        else await progress.found(await describe(parts, itemOf(run), { hits, more }));
      },
      onWork: () => progress.passed(0),
    });
  }
}

async function describe({ objects }: ViewerParts, run: RunItem, { hits, more }: RunHits): Promise<NonNullable<RunSearch['found']>> {
  const [head] = await readCommitHeads(objects, [run.commit]);
  return { run, subject: head?.subject ?? null, hits, more };
}

/** Tells how far the search is, not too often. */
function createProgress(of: number, elapsed: () => number, tell: Send<RunSearch>): { passed(runs: number): Promise<void>; found(found: NonNullable<RunSearch['found']>): Promise<void> } {
  let searched = 0;
  let toldRuns = 0;
  let toldAt = elapsed();
  const say = async (found?: RunSearch['found']): Promise<void> => {
    toldRuns = searched;
    toldAt = elapsed();
    await tell({ ...(found === undefined ? {} : { found }), searched, of });
  };
  return {
    async passed(runs) {
      searched += runs;
      if (searched - toldRuns >= tellRuns || elapsed() - toldAt >= tellMs) await say();
    },
    found(found) {
      searched += 1;
      return say(found);
    },
  };
}
