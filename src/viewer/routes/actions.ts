import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { actionDone, tokenHeader } from '../../api/actions.ts';
import type { RunItem } from '../../api/run-item.ts';
import { isRunId } from '../../model/run-id.ts';
import { answer } from '../http/answer.ts';
import { badRequest, forbidden, HttpProblem, notFound } from '../http/problems.ts';
import type { Actions, ViewerParts } from '../parts.ts';
import { readNow, type Now } from '../results/now.ts';

/** `POST /api/rerun/<run id>` and `/api/cancel/<run id>`, with `?commit=` where several commits have a run of this id. */
export function actionsRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app
    .post('/api/rerun/:runId', async (c) => {
      const actions = permit(parts, c);
      return answer(c, actionDone, { run: await actions.rerun(onlyRun(await readNow(parts), c, 'any')) });
    })
    .post('/api/cancel/:runId', async (c) => {
      const actions = permit(parts, c);
      return answer(c, actionDone, { run: await actions.cancel(onlyRun(await readNow(parts), c, 'live')) });
    });
  return app;
}

/** @throws HttpProblem (403) for whoever is not our page, (413) for a body, (409) where nothing can be run. */
function permit({ token, actions }: ViewerParts, c: Context): Actions {
  const origin = c.req.header('Origin');
  if (origin !== undefined && origin !== new URL(c.req.url).origin) throw forbidden('another site may not ask for this');
  if (!isSame(c.req.header(tokenHeader) ?? '', token)) throw forbidden('the token is missing or of an earlier git jci web', 'reload the page');
  if (Number(c.req.header('Content-Length') ?? 0) > 0 || c.req.header('Transfer-Encoding') !== undefined) throw new HttpProblem(413, 'nothing belongs into the body of this request');
  if (actions === undefined) throw new HttpProblem(409, 'nothing can be run in a repository without a working tree', 'run git jci web in a clone');
  return actions;
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

interface Key {
  commit: string;
  runId: string;
}

function onlyRun({ index, live }: Now, c: Context, which: 'any' | 'live'): Key {
  const runId = c.req.param('runId') ?? '';
  const commit = c.req.query('commit') ?? '';
  if (!isRunId(runId)) throw badRequest(`'${runId}' is not the id of a run`);
  const fits = (run: Key): boolean => run.runId === runId && (commit === '' || run.commit === commit);
  const goingOn = live.map(({ item }): RunItem => item).filter(fits);
  const stored = index.byRunId(runId).filter(fits);
  const found: Key[] = which === 'live' ? goingOn : [...goingOn, ...stored];
  const [only] = found;
  if (found.length > 1) throw new HttpProblem(409, `${found.length} commits have a run ${runId}`, 'name one: ?commit=<full id>');
  if (only !== undefined) return only;
  if (stored.length > 0) throw new HttpProblem(409, `run ${runId} is over already`, `git jci show ${runId}`);
  throw notFound(`there is no run ${runId}`, 'git jci ls --all');
}
