import { listRemoteRefs } from '../git/remote-refs.ts';
import type { Remote } from '../git/remote.ts';
import type { RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { applyRetention, type RetentionRules } from '../model/retention.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { parseRunRef, runRefPrefix } from '../model/run-ref.ts';
import { listStoredRuns, type StoredRunRef } from '../store/run-list.ts';
import { readForRules, type PrunableRun, type PrunePlan } from './plan.ts';

/** The command to type again when the remote breaks off. */
export const again = 'git jci prune --on-remote';

/**
 * Decides which runs of a remote go, from its list of refs and what is known here: nothing is fetched, nothing changes.
 *
 * Ages follow from the run ids. Verdicts and branches are known of the runs that are here too; where a rule asks for them,
 * the others stay.
 * @throws JciError (3) when the remote cannot be asked.
 */
export async function planRemotePrune(repo: Repository, remote: Remote, rules: RetentionRules, signal?: AbortSignal): Promise<PrunePlan> {
  const [offered, stored] = await Promise.all([listRemoteRefs(repo, remote, runRefPrefix, again, signal), listStoredRuns(repo)]);
  const there = toRuns(offered);
  const asks = rules.failed || rules.keepLast !== undefined;
  const ours = new Set(stored.map(({ result }) => result));
  const summaries = await readForRules(repo, there.filter(({ result }) => ours.has(result)), rules);
  const runs = there.map((run): PrunableRun => ({ ...run, summary: summaries.get(run.result) }));
  const unjudged = asks ? runs.filter(({ summary }) => summary === undefined) : [];
  const spared = new Set(unjudged);
  const retention = applyRetention(runs, rules, { now: repo.ctx.now(), gone: new Set(), isSpared: (run) => spared.has(run) });
  return {
    remove: retention.remove,
    stay: [...retention.protected.map(({ run }) => run), ...retention.keep],
    protected: retention.protected.filter(({ run, reasons }) => reasons.length > 0 && !spared.has(run)).length,
    unjudged: unjudged.length,
    sizes: undefined,
  };
}

/** Newest first. A run whose name begins another name is left out: the pattern that deletes it would fit both. */
function toRuns(offered: readonly RefTip[]): StoredRunRef[] {
  const beginnings = new Set(offered.flatMap(({ ref }) => /^(refs\/jci-runs\/[0-9a-f]+\/\d+-[0-9a-f]{4})./.exec(ref)?.[1] ?? []));
  const runs = offered.flatMap(({ ref, id }) => {
    const key = parseRunRef(ref);
    return key === undefined || beginnings.has(ref) ? [] : [{ ...key, ref, result: id }];
  });
  return runs.sort((a, b) => compareNewestFirst(a.runId, b.runId));
}
