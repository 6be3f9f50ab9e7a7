import * as v from 'valibot';
import { isDecided, outcomes, triggers } from '../model/outcome.ts';
import { milliseconds, objectId, time } from './parts.ts';

/** What a run came to, as the original API has it: every outcome other than `passed` is `failed`. */
export const runStates = ['success', 'failed', 'running'] as const;

/** A run in a list, stored or under way. */
export const runItem = v.object({
  runId: v.string(),
  commit: objectId,
  /** The full name of its ref; a run under way has none yet, and this is the one it will get. */
  ref: v.string(),
  status: v.picklist(runStates),
  /** `null` while it runs, for results of the Go tool, and if the result cannot be read. */
  outcome: v.nullable(v.picklist(outcomes)),
  /** To the second, for a stored run. */
  startedAt: time,
  durationMs: v.nullable(milliseconds),
  trigger: v.nullable(v.picklist(triggers)),
  branch: v.nullable(v.string()),
  dirty: v.boolean(),
  /** Set for a run under way. `lost`: the git jci that ran it is gone, and the next command will store what there is. */
  live: v.nullable(v.picklist(['waiting', 'running', 'storing', 'lost'] as const)),
  /** Why the result cannot be read, if it cannot. */
  problem: v.nullable(v.string()),
});
export type RunItem = v.InferOutput<typeof runItem>;

/** The Go tool tells no outcome, and its results count. */
const tells = ({ live, dirty, outcome, problem }: RunItem): boolean => live === null && !dirty && problem === null && (outcome === null || isDecided(outcome));

/**
 * The run that tells of its commit: one under way, else the newest that `git jci log` would go by, since a dirty or a cancelled one is no verdict; if there
 * is no such run, the newest.
 * @param runs of one commit, newest first.
 */
export function tellingRun(runs: readonly RunItem[]): RunItem | undefined {
  const isUnderWay = ({ live }: RunItem): boolean => live !== null && live !== 'lost';
  return runs.find(isUnderWay) ?? runs.find(tells) ?? runs[0];
}
