import type { MiddlewareHandler } from 'hono';

/** Answers HEAD as GET would be answered, and ends the body at once: nobody reads it, and what it holds open would stay open. */
export const endHeadBodies: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method !== 'HEAD') return;
  await c.res.body?.cancel();
  c.res = new Response(null, c.res);
};
