import { createReadStream } from 'node:fs';
import { hasCode } from '../../base/errors.ts';
import { readConfig } from '../../git/config.ts';
import type { Repository } from '../../git/repository.ts';
import type { Annotation } from '../../model/annotation.ts';
import { createLogReader, type LogSummary } from '../../output/log-reader.ts';
import type { ParsedStep } from '../../output/step-tracker.ts';
import { secretsKnownHere } from '../../run/secrets-known-here.ts';
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
  const waiting = records.filter(({ id }) => !inLog.has(id));
  const nameOf = waiting.length === 0 ? () => hidden : await nameWithoutSecrets(repo, run);
  const steps = [
    ...log.steps.map((step) => liveStep(step, step.id === undefined ? undefined : byId.get(step.id), now)),
    ...waiting.map((record) => timedStep({ name: nameOf(record), depth: 0 }, record, now)),
  ];
  return { steps, annotations: log.annotations };
}

const hidden = '***';

/** The log is masked; a step whose output waits is known from what `git jci step` wrote, and that is not. */
async function nameWithoutSecrets(repo: Repository, run: ActiveRun): Promise<(record: StepRecord) => string> {
  const secrets = secretsKnownHere(repo, run, await readConfig(repo));
  return ({ name }) => (secrets.areAll ? secrets.redact(name) : hidden);
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
  record === undefined ? { name, depth, running: unfinished === true, durationMs: null } : timedStep({ name, depth }, record, now);

function timedStep(step: Pick<LiveStep, 'name' | 'depth'>, { startedAt, durationMs, exitCode }: StepRecord, now: number): LiveStep {
  if (durationMs === undefined) return { ...step, running: true, durationMs: Math.max(0, now - startedAt) };
  return { ...step, running: false, durationMs, ...(exitCode === undefined ? {} : { exitCode }) };
}
