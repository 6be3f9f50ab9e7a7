import { createReadStream } from 'node:fs';
import { hasCode } from '../base/errors.ts';
import { readConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import type { Annotation } from '../model/annotation.ts';
import type { Step } from '../model/step.ts';
import { createLineTimes, timeSteps, type LineTimes } from '../output/line-times.ts';
import { createLogReader, type LogSummary } from '../output/log-reader.ts';
import type { ParsedStep } from '../output/step-tracker.ts';
import { completeSteps, readStepRecords, type StepRecord } from '../step/step-records.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { secretsKnownHere } from './secrets-known-here.ts';
import { readTimingNotes } from './timing-notes.ts';

/** How far a run has got. */
export interface LiveProgress {
  /** See `readLiveSteps`. */
  steps: Step[];
  annotations: Annotation[];
  /** How many more there are in the log. */
  annotationsOmitted: number;
}

/** Reads the whole log so far. */
export async function readLiveProgress(repo: Repository, run: ActiveRun): Promise<LiveProgress> {
  const files = activeFiles(activeFolder(repo.commonDir, run));
  const log = await readLogSoFar(files.log);
  const steps = await readLiveSteps(repo, run, { parsed: log.steps, times: createLineTimes(readTimingNotes(files.timing)) });
  return { steps, annotations: log.annotations, annotationsOmitted: log.annotationsOmitted };
}

/** What a log says so far. */
export interface ReadSoFar {
  parsed: readonly ParsedStep[];
  times: LineTimes;
}

/**
 * The steps of a run that is not over: those in its log, in its order, then those whose output waits for its turn, on line 0. One that runs is
 * `unfinished`, and its time goes to now.
 */
export async function readLiveSteps(repo: Repository, run: ActiveRun, { parsed, times }: ReadSoFar): Promise<Step[]> {
  const now = repo.ctx.now();
  const startedAt = Date.parse(run.startedAt);
  const records = readStepRecords(activeFiles(activeFolder(repo.commonDir, run)).steps).sort((a, b) => a.startedAt - b.startedAt);
  const running = new Set(records.filter(({ durationMs }) => durationMs === undefined).map(({ id }) => id));
  const inLog = new Set(parsed.map(({ id }) => id));
  const waiting = records.filter(({ id }) => !inLog.has(id));
  const nameOf = waiting.length === 0 ? () => hidden : await nameWithoutSecrets(repo, run);
  const nowhere = { depth: 0, firstLine: 0, lastLine: 0, startMs: 0, durationMs: 0 };
  const steps = [
    ...timeSteps(parsed, times).map((step) => (step.unfinished === true ? { ...step, durationMs: Math.max(0, now - startedAt - step.startMs) } : step)),
    ...waiting.map((record) => ({ ...nowhere, id: record.id, name: nameOf(record), ...(running.has(record.id) ? { unfinished: true } : {}) })),
  ];
  return completeSteps(steps, records.map((record) => ({ ...record, durationMs: record.durationMs ?? Math.max(0, now - record.startedAt) })), startedAt);
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
