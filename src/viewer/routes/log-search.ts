import { Hono } from 'hono';
import { logSearch, type LogSearch } from '../../api/log.ts';
import { ndjson } from '../http/ndjson.ts';
import { searchLog } from '../logs/search-log.ts';
import { createMatcher } from '../logs/search-matcher.ts';
import { readQuery } from '../logs/search-query.ts';
import { createSearchSlots } from '../logs/search-slots.ts';
import type { ViewerParts } from '../parts.ts';
import { findRun } from '../results/find-run.ts';
import { keyOf } from './log.ts';

/** `/api/log/<commit>/<run id>/search`: the lines of a log that fit, as they are found. */
export function logSearchRoute(parts: ViewerParts): Hono {
  const { logs, repo, closing, onBug } = parts;
  const { elapsed } = repo.ctx;
  const slots = createSearchSlots(elapsed);
  const app = new Hono();
  app.get('/api/log/:commit/:runId/search', async (c) => {
    const query = readQuery(c);
    const run = await findRun(parts, keyOf(c));
    // Whether there is a log is found out while the status can still be told.
    await logs.use(run, () => Promise.resolve());
    let known: Pick<LogSearch, 'count' | 'searched'> = { count: 0, searched: 0 };
    return ndjson<LogSearch>(c, logSearch, {
      closing,
      onBug,
      failed: (problem) => ({ ...known, done: true, problem }),
      async write(send, signal) {
        const slot = await slots.enter(signal);
        const matcher = createMatcher(query);
        try {
          const rest = await logs.use(run, (log) =>
            searchLog(log, { matcher, isLive: run.kind === 'live', elapsed, signal }, (found) => {
              known = { count: found.count, searched: found.searched };
              return slot.untilTaken(send(found));
            }),
          );
          await slot.untilTaken(send({ ...rest, done: true }));
        } finally {
          matcher.close();
          slot.leave();
        }
      },
    });
  });
  return app;
}
