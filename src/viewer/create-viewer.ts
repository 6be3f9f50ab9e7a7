import { setMaxListeners } from 'node:events';
import { Hono, type ErrorHandler } from 'hono';
import { openObjectSession } from '../git/object-session.ts';
import type { Connection } from './http/long-body.ts';
import { guardRequests, securityHeaders } from './http/guard.ts';
import { endHeadBodies } from './http/head.ts';
import { identify, repositoryGone, requireRepository } from './http/present.ts';
import { notFound, problemOf } from './http/problems.ts';
import { createStreamPool } from './http/stream-pool.ts';
import type { ViewerOptions, ViewerParts } from './parts.ts';
import { createLogCache } from './logs/log-cache.ts';
import { createHistories } from './results/history.ts';
import { createResultReader } from './results/result-reader.ts';
import { createRunIndexReader } from './results/run-index.ts';
import { createSameTreeFinder } from './results/same-tree.ts';
import { actionsRoute } from './routes/actions.ts';
import { archiveRoute } from './routes/archive.ts';
import { artefactRoute } from './routes/artefact.ts';
import { badgeRoute } from './routes/badge.ts';
import { commitRoute } from './routes/commit.ts';
import { commitsRoute } from './routes/commits.ts';
import { compareRoutes } from './routes/compare.ts';
import { eventsRoute } from './routes/events.ts';
import { logSearchRoute } from './routes/log-search.ts';
import { logRoutes } from './routes/log.ts';
import { pageRoute } from './routes/page.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { runsRoute } from './routes/runs.ts';
import { searchRoute } from './routes/search.ts';
import { testsRoutes } from './routes/tests.ts';
import { trendsRoute } from './routes/trends.ts';
import { createFactsReader } from './trends/run-facts.ts';

/** The viewer as a function from request to response, and what ends its git processes. */
export interface Viewer {
  fetch(request: Request, connection?: Connection): Promise<Response>;
  close(): void;
}

/** Each is one file of `routes/`. */
const resources = [
  repositoryRoutes,
  commitsRoute,
  runsRoute,
  commitRoute,
  logRoutes,
  logSearchRoute,
  searchRoute,
  eventsRoute,
  testsRoutes,
  compareRoutes,
  trendsRoute,
  badgeRoute,
  actionsRoute,
  archiveRoute,
];

/** Makes the viewer of one repository. */
export function createViewer(options: ViewerOptions): Viewer {
  const closing = new AbortController();
  // Each response that has no end listens.
  setMaxListeners(0, closing.signal);
  const parts = createParts(options, closing.signal);
  const onError = answerProblem(options);
  const api = new Hono();
  for (const routes of resources) api.route('/', routes(parts));
  api.onError(onError);
  const app = new Hono({ strict: false })
    .use(endHeadBodies)
    .use(securityHeaders)
    .use(guardRequests(options.hosts))
    .use(requireRepository(options.repo.commonDir, () => letGo(parts)))
    .route('/', api)
    .route('/', artefactRoute(parts))
    .route('/', pageRoute(parts, (path) => api.request(path)));
  app.notFound(() => {
    throw notFound('there is nothing here', 'the page is at /');
  });
  app.onError(onError);
  return {
    fetch: async (request, connection) => app.fetch(request, { connection }),
    close() {
      closing.abort();
      letGo(parts);
      parts.streams.close();
      parts.logs.close();
    },
  };
}

/** What anything thrown comes to. */
function answerProblem({ repo, onBug }: ViewerOptions): ErrorHandler {
  return (error, c) => {
    const isGone = problemOf(error).status === 500 && identify(repo.commonDir) === undefined;
    const { status, problem } = problemOf(isGone ? repositoryGone() : error);
    if (status === 500) onBug(error);
    return c.json(problem, status, { 'Cache-Control': 'no-store' });
  };
}

/** Both start git again when somebody asks. */
function letGo({ objects, histories }: ViewerParts): void {
  objects.close();
  histories.close();
}

/** Each is a git process. */
const mostStreams = 16;

/** A reader that takes nothing for so long makes room for one that waits. */
const patienceMs = 30_000;

function createParts(options: ViewerOptions, closing: AbortSignal): ViewerParts {
  const { repo } = options;
  const index = createRunIndexReader(repo);
  const objects = openObjectSession(repo);
  return {
    ...options,
    closing,
    index,
    objects,
    histories: createHistories(repo),
    sameTrees: createSameTreeFinder(repo, index, objects),
    results: createResultReader(repo, objects),
    facts: createFactsReader(objects),
    streams: createStreamPool({ most: mostStreams, patienceMs, elapsed: () => repo.ctx.elapsed() }),
    logs: createLogCache(repo),
  };
}
