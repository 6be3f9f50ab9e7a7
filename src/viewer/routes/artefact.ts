import { Hono, type Context } from 'hono';
import { logName } from '../../api/paths.ts';
import type { RunKey } from '../../model/run-ref.ts';
import type { ResultFile } from '../../store/read-result.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { etag, unchanged } from '../http/answer.ts';
import { contentDisposition, documentPolicy, isDocument, plainPolicy } from '../http/file-headers.ts';
import { longBody } from '../http/long-body.ts';
import { badRequest, notFound, type HttpProblem } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import { bytesOfHref, contentType } from '../results/artefact-kind.ts';
import { fileBody } from '../results/file-body.ts';
import { splitRunPath } from '../results/find-run.ts';
import { openLiveLog } from '../results/live-log.ts';

/**
 * The bytes of the files of results: `/jci/<commit>/[<run id>/]<path>/raw`, and `/files/<commit>/[<run id>/]<path>`, where relative links lead to other files of the
 * same run. A path is looked up among those that the result has, and never made into one of this machine.
 */
export function artefactRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/jci/*', async (c, next) => {
    // As it was sent: a router decodes, and what is encoded twice would be another name.
    const [, commit, path] = /^\/jci\/([^/]+)\/(.+)\/raw$/s.exec(new URL(c.req.url).pathname) ?? [];
    if (commit === undefined || path === undefined) return next();
    const answer = await serve(parts, c, commit, path);
    if (answer !== 'a page') return answer;
    await next();
  });
  app.get('/files/*', async (c) => {
    const [, commit = '', path = ''] = /^\/files\/([^/]+)\/(.+)$/s.exec(new URL(c.req.url).pathname) ?? [];
    const answer = await serve(parts, c, commit, path);
    if (answer === 'a page') throw noSuchFile();
    // A page in a sandbox has an origin that is the same as none: with `same-origin` and with `same-site` Chromium shows none of its pictures, styles
    // and scripts. Other sites can show these files for it, but have to know the commit and the run id, and cannot read them.
    answer.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
    return answer;
  });
  return app;
}

/** @returns `a page` for one that is called `raw` itself: its page is meant. */
async function serve(parts: ViewerParts, c: Context, commit: string, given: string): Promise<Response | 'a page'> {
  const index = await parts.index.read();
  const { run, runId, path: href } = splitRunPath(index, commit, given);
  const wanted = bytesOfHref(href);
  if (wanted === undefined) throw badRequest('the path is not well encoded');
  if (run === undefined) {
    const live = runId !== undefined && href === logName ? openLiveLog(parts.repo, { commit, runId }) : undefined;
    if (live !== undefined) return c.body(longBody(c, live, parts.onBug), 200, { ...plainHeaders(`${runId}.txt`), 'Cache-Control': 'no-store' });
    throw notFound(`commit ${commit.slice(0, 12)} has no ${runId === undefined ? 'stored run' : `stored run ${runId}`}`, 'git jci ls --all');
  }
  const { files } = await parts.results.read(run);
  const file = files.find(({ rawPath }) => rawPath.equals(wanted));
  if (file !== undefined) return send(parts, c, run, file);
  const named = Buffer.concat([wanted, Buffer.from('/raw')]);
  if (files.some(({ rawPath }) => rawPath.equals(named))) return 'a page';
  throw noSuchFile();
}

const noSuchFile = (): HttpProblem => notFound('the result has no such file', 'git jci show tells what there is');

async function send(parts: ViewerParts, c: Context, run: StoredRunRef, file: ResultFile): Promise<Response> {
  // Asked every time: another repository may be served at this address tomorrow, and then a run is gone.
  const own = headersOf(run, file, new URL(c.req.url).origin);
  const known = unchanged(c, file.id, own);
  if (known !== undefined) return known;
  const headers = { ...own, ETag: etag(file.id), 'Cache-Control': 'no-cache', 'Content-Length': String(file.size) };
  const body = await fileBody(parts, file);
  return c.body(body instanceof ReadableStream ? longBody(c, body, parts.onBug) : body, 200, headers);
}

function headersOf(run: RunKey, { path, mode }: ResultFile, origin: string): Record<string, string> {
  // What a link leads to is nothing of the result's.
  if (mode === '120000') return plainHeaders(`${path}.txt`);
  const type = contentType(path);
  return {
    'Content-Type': type,
    'Content-Disposition': contentDisposition(path, type),
    'Content-Security-Policy': isDocument(type) ? documentPolicy(origin, run) : plainPolicy,
  };
}

function plainHeaders(name: string): Record<string, string> {
  const type = 'text/plain; charset=utf-8';
  return { 'Content-Type': type, 'Content-Disposition': contentDisposition(name, type), 'Content-Security-Policy': plainPolicy };
}
