import { refusal } from '../base/errors.ts';
import { deleteRemoteRefs, type DeleteOptions } from '../git/remote-delete.ts';
import type { PushResult } from '../git/remote-push.ts';
import { listRemoteRefs } from '../git/remote-refs.ts';
import type { Remote } from '../git/remote.ts';
import type { RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { runRefPrefix } from '../model/run-ref.ts';

export interface RemovedThere {
  removed: string[];
  refused: { ref: string; reason: string }[];
  /** What the server and its hooks said. */
  messages: string[];
}

/** The names of one push stand on git's command line, which systems limit to about a megabyte. */
const pushSize = 4000;

/**
 * Deletes run refs of a remote, each only if it still is what it was when we looked. What changed meanwhile stays.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks: run again, and it goes on from there.
 */
export async function removeRemoteRuns(repo: Repository, remote: Remote, tips: readonly RefTip[], options: DeleteOptions): Promise<RemovedThere> {
  const total: RemovedThere = { removed: [], refused: [], messages: [] };
  for (let start = 0; start < tips.length; start += pushSize) {
    const { refs, messages } = await removeUnchanged(repo, remote, tips.slice(start, start + pushSize), options);
    for (const { ref, state, reason } of refs) {
      if (state === 'deleted') total.removed.push(ref);
      else total.refused.push({ ref, reason });
    }
    total.messages.push(...messages);
  }
  return total;
}

async function removeUnchanged(repo: Repository, remote: Remote, tips: readonly RefTip[], options: DeleteOptions): Promise<PushResult> {
  for (let left = tips; left.length > 0; ) {
    const result = await deleteRemoteRefs(repo, remote, left, options);
    if (result !== undefined) return result;
    const there = new Map((await listRemoteRefs(repo, remote, runRefPrefix, options.again, options.signal)).map(({ ref, id }) => [ref, id]));
    const same = left.filter(({ ref, id }) => there.get(ref) === id);
    if (same.length === left.length) throw refusal(`${remote.shown} has a name that begins like one of these runs: nothing was deleted`);
    left = same;
  }
  return { refs: [], messages: [] };
}
