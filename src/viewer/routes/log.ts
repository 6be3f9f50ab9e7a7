import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { logGrown, logLines, mostLines, nextError, type LogGrown } from '../../api/log.ts';
import { check } from '../../api/check.ts';
import { JciError } from '../../base/errors.ts';
import { answer } from '../http/answer.ts';
import { HttpProblem } from '../http/problems.ts';
import { wholeNumber } from '../http/query.ts';
import { findError } from '../logs/next-error.ts';
import { nextChange, whenComplete, whenKnown, type OpenLog } from '../logs/open-log.ts';
import { readLines } from '../logs/read-lines.ts';
import type { ViewerParts } from '../parts.ts';
import { findRun, keyOf } from '../results/find-run.ts';

/** `/api/log/<commit>/<run id>/lines`, `next-error` and `events`. */
export function logRoutes(parts: ViewerParts): Hono {
  const { logs } = parts;
  const app = new Hono();
  app
    .get('/api/log/:commit/:runId/lines', async (c) => {
      const from = wholeNumber(c, 'from', { least: 1, most: Number.MAX_SAFE_INTEGER }) ?? 1;
      const count = wholeNumber(c, 'count', { most: mostLines }) ?? mostLines;
      const run = await findRun(parts, keyOf(c));
      const lines = await logs.use(run, async (log) => {
        // A live log has what it has: who wants more hears of it by `events`.
        if (run.kind === 'stored') await whenKnown(log, from + count - 1, c.req.raw.signal);
        return readLines(log, from, count);
      });
      return answer(c, logLines, lines);
    })
    .get('/api/log/:commit/:runId/next-error', async (c) => {
      const from = wholeNumber(c, 'from', { most: Number.MAX_SAFE_INTEGER }) ?? 0;
      const run = await findRun(parts, keyOf(c));
      const line = await logs.use(run, (log) => findError(log, from, c.req.query('back') === '1', run.kind === 'live', c.req.raw.signal));
      return answer(c, nextError, { line });
    })
    .get('/api/log/:commit/:runId/events', async (c) => {
      const key = keyOf(c);
      const run = await findRun(parts, key);
      // Whether there is a log is found out while the status can still be told.
      await logs.use(run, () => Promise.resolve());
      return streamSSE(c, async (stream) => {
        const gone = new AbortController();
        stream.onAbort(() => gone.abort());
        const isStored = async (): Promise<boolean> => (await parts.index.read()).find(key) !== undefined;
        const tell: Send = (event, data) => stream.writeSSE({ event, data });
        // What is thrown from here would be sent as it is.
        await logs.use(run, (log) => tellGrowth(log, isStored, tell, AbortSignal.any([gone.signal, parts.closing]))).catch((error: unknown) => tellBug(parts, error));
      });
    });
  return app;
}

/** Of what is no fault of ours only the message: a repository that is gone, say. */
function tellBug({ onBug }: ViewerParts, error: unknown): void {
  onBug(error instanceof JciError || error instanceof HttpProblem ? error.message : error);
}

/** No more than this often. */
const quietMs = 100;
/** A log that is complete says nothing any more: so often it is looked whether its run is stored. */
const storedMs = 1000;
/** Proxies and browsers give up on a connection that says nothing. */
const keepAliveMs = 15_000;

type Send = (event: string, data: string) => Promise<void>;

async function tellGrowth(log: OpenLog, isStored: () => Promise<boolean>, send: Send, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    const stored = await isStored();
    // The run that ends while we look is stored before its log is closed: asked again below.
    const now = look(log);
    const news = JSON.stringify(check(logGrown, { ...now, stored }));
    if (news === told) await send('alive', '');
    else await send('grown', news);
    told = news;
    if (log.failure !== undefined) return;
    if (now.complete && stored) return;
    await firstOf(signal, (end) => pause(quietMs, end), ...(now.complete ? [] : [(end: AbortSignal) => whenComplete(log, end)]));
    if (JSON.stringify(look(log)) === JSON.stringify(now)) await firstOf(signal, (end) => nextChange(log, end), (end) => pause(now.complete ? storedMs : keepAliveMs, end));
  }
}

const look = (log: OpenLog): Omit<LogGrown, 'stored'> => ({ total: log.index.total, bytes: log.index.bytes, complete: log.complete, steps: log.progress?.state() ?? '' });

/** Until one of them is over: the others are ended, and leave nobody waiting. */
async function firstOf(signal: AbortSignal, ...waits: ((end: AbortSignal) => Promise<void>)[]): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  await Promise.race(waits.map((wait) => wait(over.signal)));
  signal.removeEventListener('abort', end);
  end();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
