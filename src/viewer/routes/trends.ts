import { Hono } from 'hono';
import { trends, type Trends } from '../../api/trends.ts';
import type { StoredRunRef, Summaries } from '../../store/run-list.ts';
import { answer, unchanged } from '../http/answer.ts';
import { badRequest } from '../http/problems.ts';
import { wholeNumber } from '../http/query.ts';
import type { ViewerParts } from '../parts.ts';
import type { RunIndex } from '../results/run-index.ts';
import { storedItem } from '../results/run-items.ts';
import type { FactsOfRuns } from '../trends/run-facts.ts';
import { slowestTests } from '../trends/slowest-tests.ts';

const defaultLimit = 100;
const mostRuns = 500;

/** `/api/trends`: how long the latest runs took, and how their tests ended. */
export function trendsRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/api/trends', async (c) => {
    const branch = c.req.query('branch') ?? '';
    const limit = wholeNumber(c, 'limit') ?? defaultLimit;
    if (limit < 1 || limit > mostRuns) throw badRequest(`limit: ${limit} is not from 1 to ${mostRuns}`);
    const index = await parts.index.read();
    const tag = `trends.${index.state}.${limit}.${encodeURIComponent(branch)}`;
    const known = unchanged(c, tag);
    if (known !== undefined) return known;
    const { runs, summaries } = await latestRuns(parts, index, branch, limit);
    // The newest ones first, in case there is too much to be looked at.
    const facts = await parts.facts.read([...runs].reverse());
    const isWhole = facts.isWhole && runs.every(({ result }) => summaries.get(result) !== undefined);
    return answer(c, trends, describe(runs, summaries, facts), isWhole ? tag : undefined);
  });
  return app;
}

/** Runs that are looked at in one go for those of a branch. */
const batch = 1000;

/** Oldest first. */
async function latestRuns(parts: ViewerParts, index: RunIndex, branch: string, limit: number): Promise<{ runs: StoredRunRef[]; summaries: Summaries }> {
  const fitting: StoredRunRef[] = [];
  const step = branch === '' ? limit : batch;
  let summaries = await parts.index.readSummaries([]);
  for (let at = 0; at < index.runs.length && fitting.length < limit; at += step) {
    const runs = index.runs.slice(at, at + step);
    summaries = await parts.index.readSummaries(runs);
    fitting.push(...runs.filter(({ result }) => branch === '' || summaries.get(result)?.branch === branch));
  }
  return { runs: fitting.slice(0, limit).reverse(), summaries };
}

/** @param read of these runs, the last one first. */
function describe(runs: readonly StoredRunRef[], summaries: Summaries, read: FactsOfRuns): Trends {
  return {
    runs: runs.map((run, position) => {
      const known = read.facts[runs.length - 1 - position];
      return { run: storedItem(run, summaries.get(run.result)), steps: [...(known?.steps ?? [])], tests: known?.totals ?? null };
    }),
    slowestTests: slowestTests(read),
  };
}
