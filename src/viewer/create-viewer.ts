import { Hono } from 'hono';
import { openObjectSession } from '../git/object-session.ts';
import { guardRequests, securityHeaders } from './http/guard.ts';
import { notFound, problemOf } from './http/problems.ts';
import type { ViewerOptions, ViewerParts } from './parts.ts';
import { createLogCache } from './logs/log-cache.ts';
import { createHistories } from './results/history.ts';
import { createResultReader } from './results/result-reader.ts';
import { createRunIndexReader } from './results/run-index.ts';
import { createSameTreeFinder } from './results/same-tree.ts';
import { commitRoute } from './routes/commit.ts';
import { commitsRoute } from './routes/commits.ts';
import { logRoutes } from './routes/log.ts';
import { pageRoute } from './routes/page.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { runsRoute } from './routes/runs.ts';

/** The viewer as a function from request to response, and what ends its git processes. */
export interface Viewer {
  fetch(request: Request): Promise<Response>;
  close(): void;
}

/** Every resource is one file of `routes/`, in one line here. */
export function createViewer(options: ViewerOptions): Viewer {
  const parts = createParts(options);
  const app = new Hono({ strict: false })
    .use(securityHeaders)
    .use(guardRequests(options.hosts))
    .route('/', repositoryRoutes(parts))
    .route('/', commitsRoute(parts))
    .route('/', runsRoute(parts))
    .route('/', commitRoute(parts))
    .route('/', logRoutes(parts))
    .route('/', pageRoute(parts));
  app.notFound(() => {
    throw notFound('there is nothing here', 'the page is at /');
  });
  app.onError((error, c) => {
    const { status, problem } = problemOf(error);
    if (status === 500) options.onBug(error);
    return c.json(problem, status, { 'Cache-Control': 'no-store' });
  });
  return {
    fetch: async (request) => app.fetch(request),
    close() {
      parts.objects.close();
      parts.histories.close();
      parts.logs.close();
    },
  };
}

function createParts(options: ViewerOptions): ViewerParts {
  const { repo } = options;
  const index = createRunIndexReader(repo);
  const objects = openObjectSession(repo);
  return {
    ...options,
    index,
    objects,
    histories: createHistories(repo),
    sameTree: createSameTreeFinder(index),
    results: createResultReader(repo, objects),
    logs: createLogCache(repo),
  };
}
