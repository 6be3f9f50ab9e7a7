import type { Annotation } from './annotation.ts';
import type { ObjectId } from './object-id.ts';
import type { Outcome, Trigger } from './outcome.ts';
import type { RunId } from './run-id.ts';
import type { TestTotals } from './test-case.ts';

/** A path of `jci.share`, and how it was made available in the temporary worktree. */
export interface SharedPath {
  path: string;
  how: 'link' | 'copy';
}

/** A step as the record lists it; steps.json has the rest. */
export interface StepSummary {
  name: string;
  depth: number;
  startMs: number;
  durationMs: number;
  exitCode?: number;
}

/** What jci.json holds: everything known about a run except its output. */
export interface RunRecord {
  version: 1;
  runId: RunId;
  commit: ObjectId;
  /** The commit's tree: what a verdict is keyed by. */
  tree: ObjectId;
  /** The blob id of the `.jci/run.sh` that ran. */
  script: ObjectId;
  branch: string | null;
  trigger: Trigger;
  /** The working tree had changes or untracked files: this result says nothing about the commit. */
  dirty: boolean;
  /** Ran in a temporary worktree of exactly this commit. */
  clean: boolean;
  shared: SharedPath[];
  status: 'ok' | 'err';
  outcome: Outcome;
  /** One sentence, where the outcome needs one (broken, interrupted, timeout, cancelled). */
  reason?: string;
  exitCode: number | null;
  signal: string | null;
  /** RFC 3339, UTC, ms. */
  startedAt: string;
  finishedAt: string;
  /** Measured on a monotonic clock: not the difference of the two times if the clock was set. */
  durationMs: number;
  host: string;
  user: string;
  /** `linux-x64` */
  platform: string;
  gitVersion: string;
  jciVersion: string;
  rerunOf?: RunId;
  /** Name of the `.jci/crontab` entry, for trigger `cron`. */
  job?: string;
  steps: StepSummary[];
  annotations: Annotation[];
  /** Annotations beyond the limit that are only in the log. */
  annotationsOmitted?: number;
  tests?: TestTotals;
  /** What could not be stored as it was, in words; the log says the same. */
  notes: string[];
}
