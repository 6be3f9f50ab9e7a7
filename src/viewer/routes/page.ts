import { Hono, type Context } from 'hono';
import { commitApi, commitsApi, runsApi } from '../../api/paths.ts';
import type { ViewerParts } from '../parts.ts';

/** Where the page is: it finds out by itself what to show. */
const pagePaths = ['/', '/runs', '/search', '/trends', '/compare', '/tests', '/jci/*'];

type Ask = (path: string) => Response | Promise<Response>;

/**
 * Serves the page, with the token that only our own origin can read, and with the answers that it would ask for at once: it can show them before it has asked
 * for anything.
 * @param ask for what begins with `/api/`; never throws.
 */
export function pageRoute({ page, token }: ViewerParts, ask: Ask): Hono {
  const [head, tail = ''] = page.html.replace('__JCI_TOKEN__', () => token).split('__JCI_ANSWERS__') as [string, string?];
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
  const show = async (c: Context, status: 200 | 404): Promise<Response> => {
    const answers = await answersTo(ask, firstQuestions(new URL(c.req.url)));
    return c.html(`${head}${answers}${tail}`, status, { 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin', 'Cache-Control': 'no-store' });
  };
  app.on('GET', pagePaths, (c) => show(c, 200));
  app.get('*', (c, next) => (isForPeople(c) ? show(c, 404) : next()));
  return app;
}

/** Somebody followed a link, or mistyped one: the page tells them that there is nothing, and how to go on. */
const isForPeople = ({ req }: Context): boolean => !req.path.startsWith('/api/') && (req.header('Accept') ?? '').includes('text/html');

/** What the page at this address asks first, as far as it is quickly answered: a search in a long history is not waited for. */
function firstQuestions({ pathname, searchParams }: URL): string[] {
  const always = '/api/info';
  const isNarrow = ['verdict', 'text', 'author'].some((name) => searchParams.has(name));
  if (pathname === '/') return [always, '/api/branches', ...(isNarrow ? [] : [commitsApi(searchParams, 0)])];
  if (pathname === '/runs') return [always, '/api/branches', ...(isNarrow ? [] : [runsApi(searchParams, '')])];
  // Every view of a run says what came of it, whichever of its files it shows.
  const [, commit, runId = null] = /^\/jci\/([0-9a-f]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
  return commit === undefined ? [always] : [always, commitApi(commit, runId)];
}

/** Characters of an answer: a run may have ten thousand artefacts, and the page is there before them. */
const mostAnswer = 500_000;

/** JSON by URL. What is no success, or too long, is left out: the page asks for it, and says what is wrong. */
async function answersTo(ask: Ask, urls: readonly string[]): Promise<string> {
  const answers = await Promise.all(
    urls.map(async (url) => {
      const response = await ask(url);
      const text = await response.text();
      return response.ok && text.length <= mostAnswer ? [`${JSON.stringify(url)}:${text}`] : [];
    }),
  );
  // What stands in a script element ends at the first `</script>`, whoever wrote it.
  return `{${answers.flat().join()}}`.replaceAll('<', '\\u003c');
}
