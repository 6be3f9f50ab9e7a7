import type { Context } from 'hono';
import { check, type Shape } from '../../api/check.ts';
import { version } from '../../base/version.ts';

/**
 * An answer that has its shape. With a tag it says 304 to whoever has it already.
 * @param tag what the answer depends on; only what never changes under it.
 */
export function answer<T>(c: Context, shape: Shape<T>, value: T, tag?: string): Response {
  const checked = check(shape, value);
  if (tag === undefined) return c.json(checked, 200, { 'Cache-Control': 'no-store' });
  return c.json(checked, 200, { ETag: etag(tag), 'Cache-Control': 'no-cache' });
}

/**
 * 304 if the client has this already: asked before anything is read.
 * @param headers that the answer itself has beside those of all: a client puts those of a 304 in the place of what it has (RFC 9111, 4.3.4).
 */
export function unchanged(c: Context, tag: string, headers: Readonly<Record<string, string>> = {}): Response | undefined {
  const known = c.req.header('If-None-Match')?.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known?.includes(etag(tag)) === true ? c.body(null, 304, { ...headers, ETag: etag(tag), 'Cache-Control': 'no-cache' }) : undefined;
}

/**
 * Another one for each version of git jci, whose answers may have another shape.
 * @param tag without quotes or control characters.
 */
export const etag = (tag: string): string => `"${version}.${tag}"`;
