import type { Context } from 'hono';
import type { Repository } from '../../git/repository.ts';
import { isObjectId } from '../../model/object-id.ts';
import { isRunId } from '../../model/run-id.ts';
import { keyOf as keyOfRun, type RunKey } from '../../model/run-ref.ts';
import { reloadActiveRun, type ActiveRun } from '../../store/active-run.ts';
import type { FoundRun } from '../../store/all-runs.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { badRequest, HttpProblem, notFound } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import type { RunIndex } from './run-index.ts';

/** A run, in full: what is stored, if there is a result; otherwise the run under way. @throws HttpProblem (404) */
export async function findRun({ repo, index }: Pick<ViewerParts, 'repo' | 'index'>, key: RunKey): Promise<FoundRun> {
  const known = (await index.read()).find(key);
  const live = known === undefined ? findLive(repo, key) : undefined;
  if (live !== undefined) return { kind: 'live', run: live };
  // It may have got its result since the index was read.
  const stored = known ?? (await index.read(`without ${keyOfRun(key)}`)).find(key);
  if (stored === undefined) throw notFound(`commit ${key.commit.slice(0, 12)} has no run ${key.runId}`, 'git jci ls --all');
  return { kind: 'stored', run: stored };
}

/** A run under way. */
export const findLive = ({ commonDir }: Repository, key: RunKey): ActiveRun | undefined =>
  // Both become part of a path.
  isObjectId(key.commit) && isRunId(key.runId) ? reloadActiveRun(commonDir, key) : undefined;

/** A run that has its result. @throws HttpProblem (404) for one that is not here, (409) for one that is under way. */
export async function findStored(parts: Pick<ViewerParts, 'repo' | 'index'>, key: RunKey): Promise<StoredRunRef> {
  const found = await findRun(parts, key);
  if (found.kind === 'stored') return found.run;
  throw new HttpProblem(409, `run ${key.runId} is still under way`, `git jci logs --follow ${key.runId}`);
}

/** The run that a route names, as it was written. */
export const keyOf = (c: Context): RunKey => ({ commit: c.req.param('commit') ?? '', runId: c.req.param('runId') ?? '' });

/** `<commit>/<run id>`, in full. @throws HttpProblem (400) for anything else. */
export function parseRunKey(name: string, text: string | undefined): RunKey {
  const [, commit, runId = ''] = /^([0-9a-f]{40}|[0-9a-f]{64})\/([0-9a-f-]+)$/.exec(text ?? '') ?? [];
  if (commit === undefined || !isRunId(runId)) throw badRequest(`${name}: '${text ?? ''}' is no run`, `${name}=<commit>/<run id>`);
  return { commit, runId };
}

/** What a path below a commit names: `<run id>/<path>`, or a path in its newest run. */
export function splitRunPath(index: RunIndex, commit: string, path: string): { run: StoredRunRef | undefined; runId: string | undefined; path: string } {
  const newest = newestOf(index, commit);
  const [, first = '', rest = ''] = /^([^/]*)\/(.*)$/s.exec(path) ?? [];
  if (!isRunId(first)) return { run: newest, runId: undefined, path };
  return { run: newest && index.find({ commit: newest.commit, runId: first }), runId: first, path: rest };
}

/** The newest run of a commit that is named by its id or a unique prefix. */
function newestOf(index: RunIndex, commit: string): StoredRunRef | undefined {
  const [exact] = index.ofCommit(commit);
  if (exact !== undefined || !/^[0-9a-f]{4,64}$/.test(commit)) return exact;
  const fitting = index.runs.filter((run) => run.commit.startsWith(commit));
  const [newest] = fitting;
  return fitting.every((run) => run.commit === newest?.commit) ? newest : undefined;
}
