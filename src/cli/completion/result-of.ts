import { listRefs } from '../../git/refs.ts';
import type { Repository } from '../../git/repository.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { compareNewestFirst } from '../../model/run-id.ts';
import { parseRunRef, runRefPrefix } from '../../model/run-ref.ts';
import { findStoredRun } from '../../store/find-run.ts';

/**
 * The result that a `<run>` argument names.
 *
 * HEAD's latest, which is meant nearly always, is found among the refs of that commit alone.
 * @throws JciError (3) when there is none.
 */
export async function resultOf(repo: Repository, run: string | undefined): Promise<ObjectId | undefined> {
  if (repo.head === undefined || (run !== undefined && run !== 'HEAD')) return (await findStoredRun(repo, run)).result;
  const refs = await listRefs(repo, [`${runRefPrefix}${repo.head.commit}/`]);
  const runs = refs.flatMap(({ ref, id }) => [parseRunRef(ref)].filter((key) => key !== undefined).map(({ runId }) => ({ runId, id })));
  return runs.sort((a, b) => compareNewestFirst(a.runId, b.runId))[0]?.id;
}
