import type { ObjectId } from './object-id.ts';
import { runIdSeconds } from './run-id.ts';
import type { RunKey } from './run-ref.ts';
import type { ResultSummary } from './trailers.ts';

/** Which runs `git jci prune` is asked to remove. */
export interface RetentionRules {
  /** Only runs that began longer ago than this. Narrows `failed`, and is narrowed by it. */
  olderThanMs: number | undefined;
  /** Only runs whose verdict is `err`. */
  failed: boolean;
  /** Also runs whose source commit is gone, whatever the two above say. */
  unreachable: boolean;
  /** The newest so many runs of each branch stay, whatever else is said. */
  keepLast: number | undefined;
}

/** A run as the rules see it. */
export interface RetentionRun extends RunKey {
  /** `undefined` where it cannot be read. */
  summary: ResultSummary | undefined;
}

export interface RetentionFacts<R> {
  /** Milliseconds since the epoch. */
  now: number;
  /** Source commits that are not in the repository any more. */
  gone: ReadonlySet<ObjectId>;
  /** Runs that stay for a reason of their own: they are being stored, or nothing is known of them. */
  isSpared: (run: R) => boolean;
}

export type PruneReason = 'old' | 'failed' | 'unreachable' | 'size';

export interface Judged<R> {
  run: R;
  reasons: PruneReason[];
}

export interface Retention<R> {
  remove: Judged<R>[];
  /** Stay, whatever speaks against them, and `--max-size` does not touch them either. */
  protected: Judged<R>[];
  /** Stay unless `--max-size` takes them. */
  keep: R[];
}

/**
 * Applies the rules.
 * @param runs newest first; so are the answers.
 */
export function applyRetention<R extends RetentionRun>(runs: readonly R[], rules: RetentionRules, facts: RetentionFacts<R>): Retention<R> {
  const newest = newestOfBranches(runs, rules.keepLast);
  const retention: Retention<R> = { remove: [], protected: [], keep: [] };
  for (const run of runs) {
    const reasons = reasonsAgainst(run, rules, facts);
    if (newest.has(run) || facts.isSpared(run)) retention.protected.push({ run, reasons });
    else if (reasons.length > 0) retention.remove.push({ run, reasons });
    else retention.keep.push(run);
  }
  return retention;
}

/** Runs that know no branch (a detached HEAD, results of the Go tool) count as those of one branch. */
function newestOfBranches<R extends RetentionRun>(runs: readonly R[], count: number | undefined): ReadonlySet<R> {
  const kept = new Set<R>();
  if (count === undefined) return kept;
  const seen = new Map<string | undefined, number>();
  for (const run of runs) {
    const before = seen.get(run.summary?.branch) ?? 0;
    if (before < count) kept.add(run);
    seen.set(run.summary?.branch, before + 1);
  }
  return kept;
}

function reasonsAgainst<R extends RetentionRun>(run: R, rules: RetentionRules, facts: RetentionFacts<R>): PruneReason[] {
  const old = rules.olderThanMs !== undefined && facts.now - runIdSeconds(run.runId) * 1000 > rules.olderThanMs;
  const failed = rules.failed && run.summary?.status === 'err';
  // Each of the two is fulfilled, or was not asked for.
  const narrowed = (old || rules.olderThanMs === undefined) && (failed || !rules.failed);
  const reasons: PruneReason[] = [];
  if (narrowed && old) reasons.push('old');
  if (narrowed && failed) reasons.push('failed');
  if (rules.unreachable && facts.gone.has(run.commit)) reasons.push('unreachable');
  return reasons;
}

/**
 * Those that have to go so that the results take no more than `maxBytes`: the oldest.
 *
 * Once one is too much, everything older goes too, small or not: what stays is the newest history without gaps.
 * @param runs newest first.
 * @param bytesOf what a run adds to the newer ones and the protected ones.
 * @param protectedBytes what the runs take that must stay.
 */
export function dropOldest<R>(runs: readonly R[], bytesOf: (run: R) => number, protectedBytes: number, maxBytes: number): R[] {
  let total = protectedBytes;
  const first = runs.findIndex((run) => {
    total += bytesOf(run);
    return total > maxBytes;
  });
  return first < 0 ? [] : runs.slice(first);
}
