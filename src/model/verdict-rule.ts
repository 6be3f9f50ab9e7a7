import type { CommitFacts } from './commit-facts.ts';
import type { CommitVerdict } from './commit-verdict.ts';
import type { ObjectId } from './object-id.ts';
import { isDecided } from './outcome.ts';
import type { RunKey } from './run-ref.ts';
import { runName, type ResultSummary } from './trailers.ts';

/**
 * Whether a result says anything about a commit: the one rule of `status`, `log`, the badge, the pre-push gate and
 * `--if-needed`. Of all that do, and that count under `jci.trust`, the newest one is the verdict. It is told with a run of
 * the commit itself where the newest of those says the same: that is the run that whoever asks knows.
 *
 * It has to be about the same tree and script, since a dirty run is about no tree at all and an ignored `run.sh` is in none.
 * Interrupted, cancelled and broken runs tell nothing about the commit.
 * @param ranFor the commit whose result it is. The Go tool recorded no tree: its results count for their own commit.
 */
export function tellsOf(facts: CommitFacts, ranFor: ObjectId, { dirty, status, outcome, tree, script }: ResultSummary): boolean {
  if (dirty || status === 'running') return false;
  if (outcome === undefined) return ranFor === facts.commit;
  return isDecided(outcome) && tree === facts.tree && script === facts.script;
}

/**
 * Whether a result belongs to the run whose ref it is under. A name that is newer would make an old result the verdict, and
 * a signature says nothing of the name.
 * @param mustSay a result that does not say whose it is belongs to none.
 */
export const belongsTo = (run: RunKey, { about }: ResultSummary, mustSay: boolean): boolean => (about === undefined ? !mustSay : about === runName(run));

/** What a result that tells of a commit says. */
export const verdictIn = ({ status }: ResultSummary): Extract<CommitVerdict, 'passed' | 'failed'> => (status === 'ok' ? 'passed' : 'failed');
