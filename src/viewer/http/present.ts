import { statSync } from 'node:fs';
import type { MiddlewareHandler } from 'hono';
import { isSystemError } from '../../base/errors.ts';
import { HttpProblem } from './problems.ts';

/**
 * Answers 503 as long as the repository is not there. When another one stands in its place, what was kept open is let go of: git would go on
 * looking into the folder that was deleted.
 * @param folder of git.
 */
export function requireRepository(folder: string, letGo: () => void): MiddlewareHandler {
  let known = identify(folder);
  return async (c, next) => {
    if (!asksRepository(c.req.path)) return next();
    const found = identify(folder);
    if (found !== known) letGo();
    known = found;
    if (found === undefined) throw repositoryGone();
    await next();
  };
}

export const repositoryGone = (): HttpProblem => new HttpProblem(503, 'the repository is not there any more', 'this page works again when it is back');

/** @returns `undefined` if it is not there, or cannot be looked at. */
export function identify(folder: string): string | undefined {
  try {
    const { dev, ino, birthtimeMs } = statSync(folder);
    statSync(`${folder}/HEAD`);
    return `${dev}.${ino}.${birthtimeMs}`;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** The page itself does not. */
const asksRepository = (path: string): boolean => /^\/(?:api|files)\/|\/raw$/.test(path);
