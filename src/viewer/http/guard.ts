import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { badgeApi } from '../../api/paths.ts';
import { forbidden, HttpProblem } from './problems.ts';

/**
 * Refuses what another site makes a browser ask for.
 *
 * A page whose name was made to lead here (DNS rebinding) says that name as `Host`; an address says of itself that nobody made it lead anywhere.
 * `Sec-Fetch-Site` tells where a request comes from: the API is for the page alone, so that an artefact that is shown, which has no origin,
 * cannot ask it anything either. Badges are there to be shown elsewhere.
 * @param hosts further names that are ours.
 */
export function guardRequests(hosts: readonly string[]): MiddlewareHandler {
  const known = new Set(['localhost', ...hosts.map((host) => host.toLowerCase())]);
  return async (c, next) => {
    const host = hostName(c.req.header('host'));
    if (host === undefined || (!known.has(host) && isIP(host) === 0)) {
      throw new HttpProblem(421, 'this is not the host that was asked for', 'open the address that git jci web printed, or name the host: git jci web --host <name>');
    }
    const from = c.req.header('sec-fetch-site');
    const isOurs = from === undefined || from === 'same-origin' || from === 'none';
    if (c.req.path.startsWith('/api/') && c.req.path !== badgeApi && !isOurs) throw forbidden('another site may not ask for this');
    await next();
  };
}

/** Without port and brackets. */
function hostName(header: string | undefined): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/.exec(header ?? '') ?? [];
  return (bracketed ?? plain)?.toLowerCase();
}

/** What every response says; a response may say more of its own. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'no-referrer');
  if (!headers.has('Cross-Origin-Resource-Policy')) headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
};
