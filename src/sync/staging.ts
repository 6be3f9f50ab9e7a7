import { fatalError } from '../base/errors.ts';
import { listCommitRefs, type CommitRef } from '../git/commit-refs.ts';
import { changeRefs, listRefs, type RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { parseRunRef, runRefPrefix, type RunKey } from '../model/run-ref.ts';

/*
 * What arrives waits under names of its own until it has been looked at: a fetch into the namespace itself would follow the
 * user's configuration and whatever the remote offers. One pull at a time uses it; the caller holds the lock.
 */
const stagingPrefix = 'refs/jci-staging/';

/** A fetched object that may become a result. */
export type Staged = RunKey & CommitRef;

/**
 * The refspec for one run.
 *
 * A pattern, although it fits one name: git compares explicit names with every ref of the remote the slow way, and
 * fails when one is gone by now.
 */
export const stagingRefspec = ({ commit, runId }: RunKey): string =>
  `${runRefPrefix}${commit}/${runId}*:${stagingPrefix}${commit}-${runId}*`;

/** What has arrived. */
export async function listStaged(repo: Repository): Promise<Staged[]> {
  return (await listCommitRefs(repo, stagingPrefix)).flatMap((staged) => {
    const key = keyOf(staged.ref);
    return key === undefined ? [] : [{ ...key, ...staged }];
  });
}

/** A remote may hold a name that begins like one asked for: that one came along, and is none. */
function keyOf(ref: string): RunKey | undefined {
  const [commit = '', ...runId] = ref.slice(stagingPrefix.length).split('-');
  return parseRunRef(`${runRefPrefix}${commit}/${runId.join('-')}`);
}

/** Takes everything away that is there now: what a pull leaves, or one that was killed. */
export async function clearStaging(repo: Repository): Promise<void> {
  const staged: RefTip[] = await listRefs(repo, [stagingPrefix]);
  const refused = await changeRefs(repo, staged.map(({ ref, id }) => ({ ref, remove: id })));
  if (refused !== undefined) throw fatalError(`what was fetched could not be tidied away: ${refused}`);
}
