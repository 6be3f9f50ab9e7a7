import { Hono } from 'hono';
import { createEventHub } from '../events/event-hub.ts';
import { eventStream } from '../events/event-stream.ts';
import type { ViewerParts } from '../parts.ts';

/** `/api/events`: what changes in the repository, as it happens. */
export function eventsRoute(parts: ViewerParts): Hono {
  const hub = createEventHub(parts);
  const app = new Hono();
  app.get('/api/events', (c) => {
    const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
    return c.body(eventStream(hub, c.req.header('Last-Event-ID'), parts.closing), 200, headers);
  });
  return app;
}
