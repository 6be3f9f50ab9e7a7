import { listCommitRefs, type CommitRef } from '../git/commit-refs.ts';
import { pushRefspecs, type RefOutcome, type PushResult } from '../git/remote-push.ts';
import type { Remote } from '../git/remote.ts';
import type { Repository } from '../git/repository.ts';
import { parseRunRef, runRefPrefix } from '../model/run-ref.ts';
import type { PushReport, SyncOptions } from './report.ts';

/** What there is to push. */
export interface Pushable {
  /** All there are, with those left out. */
  count: number;
  leftOut: PushReport['leftOut'];
}

/**
 * Looks through our runs for what may be sent. Asks nothing of a remote.
 * @throws JciError (3) when a result here is damaged.
 */
export async function findPushable(repo: Repository): Promise<Pushable> {
  const refs = await listCommitRefs(repo, runRefPrefix);
  return { count: refs.length, leftOut: refs.flatMap(unfit) };
}

/**
 * Sends every run that the remote does not have, with one git process.
 *
 * A plain wildcard without `+` creates names and fast-forwards them; since nothing with parents is sent, there is nothing
 * to fast-forward, and no result there can be replaced. The server takes each name by compare-and-swap.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks.
 */
export async function pushRuns(repo: Repository, remote: Remote, { count, leftOut }: Pushable, options: SyncOptions = {}): Promise<PushReport> {
  const report: PushReport = { pushed: [], present: 0, conflicts: [], refused: [], leftOut, messages: [] };
  if (count === leftOut.length) return report;
  const refspecs = [`${runRefPrefix}*:${runRefPrefix}*`, ...leftOut.map(({ ref }) => `^${ref}`)];
  const push = (): Promise<PushResult> => pushRefspecs(repo, remote, refspecs, { ...options, again: 'git jci push' });
  const states = await pushUntilSettled(push, report.messages);
  for (const { ref, state, reason } of states.values()) {
    if (state === 'created') report.pushed.push(ref);
    else if (state === 'present') report.present += 1;
    else if (state === 'conflict') report.conflicts.push(ref);
    else report.refused.push({ ref, reason });
  }
  return report;
}

function unfit({ ref, parents }: CommitRef): PushReport['leftOut'] {
  if (parseRunRef(ref) === undefined) return [{ ref, why: 'name' }];
  return parents > 0 ? [{ ref, why: 'parents' }] : [];
}

/** How a server says that somebody else took the name, or holds its lock, since it listed its refs for us. */
const lostRace = /failed to (?:update|lock) ref|cannot lock|unable to lock|already exists|incorrect old value/i;

/**
 * Pushes again while names are lost to somebody else who pushes the same runs: next time git finds them there, the same
 * or another. Ends when a push loses no fewer names than the one before, so that a server which always says so is believed.
 */
async function pushUntilSettled(push: () => Promise<PushResult>, messages: string[]): Promise<Map<string, RefOutcome>> {
  const states = new Map<string, RefOutcome>();
  for (let lostBefore = Number.POSITIVE_INFINITY; ; ) {
    const { refs, messages: said } = await push();
    messages.splice(0, messages.length, ...said);
    for (const pushed of refs) if (states.get(pushed.ref)?.state !== 'created') states.set(pushed.ref, pushed);
    const lost = refs.filter(({ state, reason }) => state === 'refused' && lostRace.test(reason)).length;
    if (lost === 0 || lost >= lostBefore) return states;
    lostBefore = lost;
  }
}
