import { measureCommits } from '../git/object-sizes.ts';
import { resolveObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { applyRetention, dropOldest, type Judged, type RetentionRules, type RetentionRun } from '../model/retention.ts';
import { runRef } from '../model/run-ref.ts';
import { listLiveRuns } from '../store/all-runs.ts';
import { listStoredRuns, readSummaries, type StoredRunRef, type Summaries } from '../store/run-list.ts';

/** A run that could be removed. */
export interface PrunableRun extends StoredRunRef, RetentionRun {}

/** What each result takes on disk beyond those before it, in bytes. */
export type Sizes = ReadonlyMap<ObjectId, number>;

export interface PrunePlan {
  /** Newest first. */
  remove: Judged<PrunableRun>[];
  stay: PrunableRun[];
  /** How many of those that stay do so although a rule is against them. */
  protected: number;
  /** How many of those that stay do so because nothing is known of them here. */
  unjudged: number;
  /** Known already where `--max-size` asked for it. */
  sizes: Sizes | undefined;
}

/**
 * Decides which runs of this repository go. Changes nothing.
 * @param maxBytes what all results together may take; `undefined` for any size.
 */
export async function planPrune(repo: Repository, rules: RetentionRules, maxBytes: number | undefined): Promise<PrunePlan> {
  const [stored, live] = await Promise.all([listStoredRuns(repo), listLiveRuns(repo)]);
  const storing = new Set(live.map(runRef));
  const [summaries, gone] = await Promise.all([
    readForRules(repo, stored, rules),
    rules.unreachable ? findGoneCommits(repo, stored) : new Set<ObjectId>(),
  ]);
  const runs = stored.map((run): PrunableRun => ({ ...run, summary: summaries.get(run.result) }));
  const retention = applyRetention(runs, rules, { now: repo.ctx.now(), gone, isSpared: ({ ref }) => storing.has(ref) });
  const fixed = retention.protected.map(({ run }) => run);
  const plan: PrunePlan = {
    remove: retention.remove,
    stay: [...fixed, ...retention.keep],
    protected: retention.protected.filter(({ reasons }) => reasons.length > 0).length,
    unjudged: 0,
    sizes: undefined,
  };
  return maxBytes === undefined ? plan : fitInto(repo, plan, fixed, retention.keep, maxBytes);
}

/** Results are opened only for rules that ask what is in them. */
export async function readForRules(repo: Repository, runs: readonly StoredRunRef[], rules: RetentionRules): Promise<Summaries> {
  return rules.failed || rules.keepLast !== undefined ? readSummaries(repo, runs) : new Map();
}

async function findGoneCommits(repo: Repository, runs: readonly StoredRunRef[]): Promise<Set<ObjectId>> {
  const commits = [...new Set(runs.map(({ commit }) => commit))];
  const found = await resolveObjects(repo, commits);
  return new Set(commits.filter((_, index) => found[index] === undefined));
}

/** Takes the oldest of `keep` out as well, until the rest fits. */
async function fitInto(repo: Repository, plan: PrunePlan, fixed: readonly PrunableRun[], keep: readonly PrunableRun[], maxBytes: number): Promise<PrunePlan> {
  const sizes = await measurePlan(repo, plan);
  const bytesOf = (run: PrunableRun): number => sizes.get(run.result) ?? 0;
  const dropped = dropOldest(keep, bytesOf, sumOf(fixed, bytesOf), maxBytes);
  const remove = [...plan.remove, ...dropped.map((run): Judged<PrunableRun> => ({ run, reasons: ['size'] }))];
  return { ...plan, remove, stay: [...fixed, ...keep.slice(0, keep.length - dropped.length)], sizes };
}

/** Measures those that stay first, so that what goes is charged only for what nothing else needs. */
export const measurePlan = (repo: Repository, { stay, remove }: PrunePlan): Promise<Sizes> =>
  measureCommits(repo, [...stay.map(({ result }) => result), ...remove.map(({ run }) => run.result)]);

/** What removing takes off the disk in the end. */
export const bytesFreed = (plan: PrunePlan, sizes: Sizes): number => sumOf(plan.remove, ({ run }) => sizes.get(run.result) ?? 0);

const sumOf = <T>(items: readonly T[], valueOf: (item: T) => number): number => items.reduce((sum, item) => sum + valueOf(item), 0);
