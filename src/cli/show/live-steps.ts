import { createReadStream } from 'node:fs';
import { hasCode } from '../../base/errors.ts';
import type { Repository } from '../../git/repository.ts';
import type { Annotation } from '../../model/annotation.ts';
import { createLogReader, type LogSummary } from '../../output/log-reader.ts';
import type { ParsedStep } from '../../output/step-tracker.ts';
import { readStepRecords, type StepRecord } from '../../step/step-records.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';

/** A step of a run that is not over. */
export interface LiveStep {
  name: string;
  depth: number;
  running: boolean;
  /** So far, if it runs; `null` where only the log tells of the step. */
  durationMs: number | null;
  exitCode?: number;
}

/** How far a run has got. */
export interface LiveProgress {
  /** Those in the log, in its order, then those whose output waits for its turn. */
  steps: LiveStep[];
  annotations: Annotation[];
}

/** @param now ms since the epoch. */
export async function readLiveProgress(repo: Repository, run: ActiveRun, now: number): Promise<LiveProgress> {
  const files = activeFiles(activeFolder(repo.commonDir, run));
  const log = await readLogSoFar(files.log);
  const records = readStepRecords(files.steps).sort((a, b) => a.startedAt - b.startedAt);
  const byId = new Map(records.map((record) => [record.id, record]));
  const inLog = new Set(log.steps.map(({ id }) => id));
  const steps = [
    ...log.steps.map((step) => liveStep(step, step.id === undefined ? undefined : byId.get(step.id), now)),
    ...records.filter(({ id }) => !inLog.has(id)).map((record) => recordedStep(record, 0, now)),
  ];
  return { steps, annotations: log.annotations };
}

async function readLogSoFar(path: string): Promise<LogSummary> {
  const reader = createLogReader();
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) reader.write(chunk, 0);
  } catch (error) {
    // A run that waits for its turn has none yet; one that is over by now has none any more.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  return reader.end(0);
}

const liveStep = ({ name, depth, unfinished }: ParsedStep, record: StepRecord | undefined, now: number): LiveStep =>
  record === undefined ? { name, depth, running: unfinished === true, durationMs: null } : recordedStep(record, depth, now);

function recordedStep({ name, startedAt, durationMs, exitCode }: StepRecord, depth: number, now: number): LiveStep {
  if (durationMs === undefined) return { name, depth, running: true, durationMs: Math.max(0, now - startedAt) };
  return { name, depth, running: false, durationMs, ...(exitCode === undefined ? {} : { exitCode }) };
}
