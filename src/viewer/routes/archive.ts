import { Hono } from 'hono';
import { streamArchive } from '../../git/archive.ts';
import { longBody } from '../http/long-body.ts';
import { badRequest } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import { findStored } from '../results/find-run.ts';

const types = { zip: 'application/zip', tar: 'application/x-tar' } as const;

/** `/api/archive/<commit>/<run id>.zip` and `.tar`: all files of a run in one. */
export function archiveRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/api/archive/:commit/:name', async (c) => {
    const { commit, name } = c.req.param();
    const [, runId, format] = /^(\d{1,12}-[0-9a-f]{4})\.(zip|tar)$/.exec(name) ?? [];
    if (runId === undefined || (format !== 'zip' && format !== 'tar')) throw badRequest(`'${name}' is no archive of a run`, '/api/archive/<commit>/<run id>.zip');
    const run = await findStored(parts, { commit, runId });
    // Says whether it is here before anything is sent.
    await parts.results.read(run);
    const folder = `${commit.slice(0, 7)}-${runId}`;
    const headers = { 'Content-Type': types[format], 'Content-Disposition': `attachment; filename="${folder}.${format}"`, 'Cache-Control': 'no-store' };
    const body = parts.streams.stream((take) => streamArchive(parts.repo, run.result, { format, prefix: `${folder}/` }, take));
    return c.body(longBody(c, body, parts.onBug), 200, headers);
  });
  return app;
}
