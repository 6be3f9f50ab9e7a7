import type { Context } from '../base/context.ts';
import { version } from '../base/version.ts';
import type { Annotation } from '../model/annotation.ts';
import { statusOf } from '../model/outcome.ts';
import type { RunRecord } from '../model/record.ts';
import type { Step } from '../model/step.ts';
import type { TestTotals } from '../model/test-case.ts';
import type { ActiveRun } from '../store/active-run.ts';
import type { RunEnd } from '../model/run-end.ts';

export interface RecordParts {
  run: ActiveRun;
  end: RunEnd;
  durationMs: number;
  gitVersion: string;
  steps: readonly Step[];
  annotations: readonly Annotation[];
  annotationsOmitted: number;
  tests: TestTotals | undefined;
  notes: readonly string[];
}

/** Puts together what jci.json says of a run that is over. */
export function buildRecord(ctx: Context, parts: RecordParts): RunRecord {
  const { run, end } = parts;
  return {
    version: 1,
    runId: run.runId,
    commit: run.commit,
    tree: run.tree,
    script: run.script,
    branch: run.branch,
    trigger: run.trigger,
    dirty: run.dirty,
    clean: run.clean,
    shared: run.shared,
    status: statusOf(end.outcome),
    outcome: end.outcome,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    exitCode: end.exitCode,
    signal: end.signal,
    startedAt: run.startedAt,
    finishedAt: new Date(Date.parse(run.startedAt) + parts.durationMs).toISOString(),
    durationMs: parts.durationMs,
    host: run.host,
    user: run.user,
    platform: ctx.machine,
    gitVersion: parts.gitVersion,
    jciVersion: version,
    ...(run.rerunOf === undefined ? {} : { rerunOf: run.rerunOf }),
    ...(run.job === undefined ? {} : { job: run.job }),
    steps: parts.steps.map(summarise),
    annotations: [...parts.annotations],
    ...(parts.annotationsOmitted > 0 ? { annotationsOmitted: parts.annotationsOmitted } : {}),
    ...(parts.tests === undefined ? {} : { tests: parts.tests }),
    notes: [...parts.notes],
  };
}

function summarise({ name, depth, startMs, durationMs, exitCode }: Step): RunRecord['steps'][number] {
  return { name, depth, startMs, durationMs, ...(exitCode === undefined ? {} : { exitCode }) };
}
