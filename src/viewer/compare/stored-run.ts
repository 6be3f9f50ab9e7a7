import { isRunId } from '../../model/run-id.ts';
import type { RunKey } from '../../model/run-ref.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { badRequest, HttpProblem, notFound } from '../http/problems.ts';
import type { Now } from '../results/now.ts';

/**
 * A run that has its result.
 * @throws HttpProblem (404) for one that is not here, (409) for one that is under way.
 */
export function findStored({ index, live }: Pick<Now, 'index' | 'live'>, key: RunKey): StoredRunRef {
  const stored = index.find(key);
  if (stored !== undefined) return stored;
  const isLive = live.some(({ item }) => item.runId === key.runId && item.commit === key.commit);
  if (isLive) throw new HttpProblem(409, `run ${key.runId} is still under way`, `git jci logs --follow ${key.runId}`);
  throw notFound(`commit ${key.commit.slice(0, 12)} has no run ${key.runId}`, 'git jci ls --all');
}

/** `<commit>/<run id>`, in full. @throws HttpProblem (400) for anything else. */
export function parseRunKey(name: string, text: string | undefined): RunKey {
  const [, commit, runId = ''] = /^([0-9a-f]{40}|[0-9a-f]{64})\/([0-9a-f-]+)$/.exec(text ?? '') ?? [];
  if (commit === undefined || !isRunId(runId)) throw badRequest(`${name}: '${text ?? ''}' is no run`, `${name}=<commit>/<run id>`);
  return { commit, runId };
}
