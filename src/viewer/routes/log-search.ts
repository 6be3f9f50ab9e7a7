import { Hono } from 'hono';
import { logSearch, type LogSearch } from '../../api/log.ts';
import { answerSearch } from '../logs/answer-search.ts';
import { searchLog } from '../logs/search-log.ts';
import { readQuery } from '../logs/search-query.ts';
import { createSearchSlots } from '../logs/search-slots.ts';
import type { ViewerParts } from '../parts.ts';
import { findRun, keyOf } from '../results/find-run.ts';

/** `/api/log/<commit>/<run id>/search`: the lines of a log that fit, as they are found. */
export function logSearchRoute(parts: ViewerParts): Hono {
  const { logs, repo } = parts;
  const { elapsed } = repo.ctx;
  const slots = createSearchSlots(elapsed);
  const app = new Hono();
  app.get('/api/log/:commit/:runId/search', async (c) => {
    const query = readQuery(c);
    const run = await findRun(parts, keyOf(c));
    // Whether there is a log is found out while the status can still be told.
    await logs.use(run, () => Promise.resolve());
    return answerSearch<LogSearch>(c, logSearch, parts, {
      query,
      slots,
      nothing: { count: 0, searched: 0 },
      progressIn: ({ count, searched }) => ({ count, searched }),
      search: (matcher, tell, signal) => logs.use(run, (log) => searchLog(log, { matcher, isLive: run.kind === 'live', elapsed, signal }, tell)),
    });
  });
  return app;
}
