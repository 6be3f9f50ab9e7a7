import { logName, testsName } from '../src/api/paths.ts';

/** Which view a path belongs to, and what it is about. */
export type Place =
  | { view: 'commits' | 'runs' | 'search' | 'trends' | 'compare' | 'tests' | 'unknown' }
  | { view: 'run'; commit: string; runId: string | null }
  | { view: 'log' | 'run-tests'; commit: string; runId: string }
  | { view: 'artefact'; commit: string; runId: string; href: string };

const fixed = new Map<string, Place>([
  ['/', { view: 'commits' }],
  ['/runs', { view: 'runs' }],
  ['/search', { view: 'search' }],
  ['/trends', { view: 'trends' }],
  ['/compare', { view: 'compare' }],
  ['/tests', { view: 'tests' }],
]);

/** @param pathname as the browser has it: what is percent-encoded stays so, since paths of artefacts are bytes. */
export function placeOf(pathname: string): Place {
  const known = fixed.get(pathname);
  if (known !== undefined) return known;
  const [, commit, runId, href] = /^\/jci\/([0-9a-f]+)(?:\/(?:([^/]+)\/?)?)?(?:(?<=\/)(.+))?$/.exec(pathname) ?? [];
  if (commit === undefined) return { view: 'unknown' };
  if (runId === undefined) return { view: 'run', commit, runId: null };
  if (href === undefined) return { view: 'run', commit, runId };
  if (href === logName) return { view: 'log', commit, runId };
  return href === testsName ? { view: 'run-tests', commit, runId } : { view: 'artefact', commit, runId, href };
}
