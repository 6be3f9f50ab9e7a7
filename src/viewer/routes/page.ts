import { Hono } from 'hono';
import type { ViewerParts } from '../parts.ts';

/** Where the page is: it finds out by itself what to show. */
const pagePaths = ['/', '/runs', '/search', '/trends', '/compare', '/tests', '/jci/*'];

/** Serves the page, with the token that only our own origin can read. */
export function pageRoute({ page, token }: ViewerParts): Hono {
  const html = page.html.replace('__JCI_TOKEN__', () => token);
  const policy = [
    "default-src 'none'",
    `script-src '${page.scriptHash}'`,
    `style-src '${page.styleHash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const app = new Hono();
  app.on('GET', pagePaths, (c) =>
    c.html(html, 200, { 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin', 'Cache-Control': 'no-store' }),
  );
  return app;
}
