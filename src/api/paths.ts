import { keyOf, type RunKey } from '../model/run-ref.ts';

/** The page of a run; a path of a result may follow. */
export const runPath = (key: RunKey): string => `/jci/${keyOf(key)}`;

/** The page of one file of a result. @param href as `artefact` has it. */
export const filePath = (key: RunKey, href: string): string => `${runPath(key)}/${href}`;

/** The bytes of one file of a result. @param href as `artefact` has it. */
export const rawPath = (key: RunKey, href: string): string => `${filePath(key, href)}/raw`;

/** The same bytes where relative links lead to other files of the result: for a page that is shown in a frame. @param href as `artefact` has it. */
export const framePath = (key: RunKey, href: string): string => `/files/${keyOf(key)}/${href}`;

/** The name of the log among the files of a result: its page is the log view. */
export const logName = 'run.output.txt';

/** The name of the tests among the files of a result: its page lists them all. */
export const testsName = 'tests.json';

/** The name of the page of a run that needs no server; a script may have made one of its own. */
export const pageName = 'index.html';

/** Where the routes about one log begin. */
export const logApi = (key: RunKey): string => `/api/log/${keyOf(key)}`;

/** The page of a log, at one of its lines. */
export const linePath = (key: RunKey, line: number): string => `${runPath(key)}/${logName}#L${line}`;

/** The page of one test over all runs. */
export const testPath = ({ suite, name }: { suite: string; name: string }): string => `/tests?${new URLSearchParams({ suite, name }).toString()}`;

/** The page that compares two runs. */
export const comparePath = (a: RunKey, b: RunKey): string => `/compare?a=${keyOf(a)}&b=${keyOf(b)}`;

/** The page that compares a run with the one before it on a branch. */
export const compareBackPath = (b: RunKey, branch: string): string => `/compare?b=${keyOf(b)}&branch=${encodeURIComponent(branch)}`;

/** All files of a run in one. */
export const archivePath = (key: RunKey, kind: 'zip' | 'tar'): string => `/api/archive/${keyOf(key)}.${kind}`;

/** The verdict on a branch as an image: the one thing that other sites may show. */
export const badgeApi = '/api/badge';

/** Commits of a branch, or of HEAD. @param query of the page's own address; the filters in it. @param page from 0. */
export const commitsApi = (query: URLSearchParams, page: number): string =>
  withQuery('/api/commits', [['branch', 'HEAD'], ...valuesOf(query, ['branch', 'verdict', 'text', 'author']), ['page', String(page)]]);

/** Runs of any commit. @param query of the page's own address. @param before empty for the newest. */
export const runsApi = (query: URLSearchParams, before: string): string => withQuery('/api/runs', [...valuesOf(query, ['branch', 'verdict']), ['before', before]]);

/** A run and its commit. @param runId `null` for the newest of the commit. */
export const commitApi = (commit: string, runId: string | null): string => `/api/commit/${commit}${runId === null ? '' : `/${runId}`}`;

const valuesOf = (query: URLSearchParams, names: readonly string[]): [string, string][] => names.map((name) => [name, query.get(name) ?? '']);

/** What is empty is not said: two ways to ask the same must look the same. */
function withQuery(path: string, values: [string, string][]): string {
  // Of two values of one name the last counts.
  const query = new URLSearchParams(Object.fromEntries(values.filter(([, value]) => value !== ''))).toString();
  return query === '' ? path : `${path}?${query}`;
}
