import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { readJsonFile } from '../base/json-file.ts';
import type { Step } from '../model/step.ts';

/** What `git jci step` leaves for the run: the log knows where a step's output stands, only the step how long it took. */
export interface StepRecord {
  id: string;
  name: string;
  /** ms since the epoch. */
  startedAt: number;
  /** Missing while the step runs. */
  durationMs?: number;
  exitCode?: number;
}

/** Writes a step's record; readers see the old one or the new one. */
export function writeStepRecord(stepsDir: string, record: StepRecord): void {
  const path = join(stepsDir, recordName(record.id));
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

/** All records that parse, in no order; none if the folder is gone. */
export const readStepRecords = (stepsDir: string): StepRecord[] => readRecords(stepsDir, recordNames(stepsDir));

/**
 * Looks again and again for the steps that run now, in the order they began. A record that tells of an end never changes, so it is
 * read once.
 */
export function createStepWatch(stepsDir: string): () => StepRecord[] {
  const ended = new Set<string>();
  return () => {
    const records = readRecords(stepsDir, recordNames(stepsDir).filter((name) => !ended.has(name)));
    for (const { id, durationMs } of records) if (durationMs !== undefined) ended.add(recordName(id));
    return records.filter(({ durationMs }) => durationMs === undefined).sort((a, b) => a.startedAt - b.startedAt);
  };
}

const recordName = (id: string): string => `${id}.json`;

function recordNames(stepsDir: string): string[] {
  try {
    return readdirSync(stepsDir).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

const readRecords = (stepsDir: string, names: readonly string[]): StepRecord[] =>
  names.map((name) => readJsonFile(join(stepsDir, name))).filter(isStepRecord);

function isStepRecord(value: unknown): value is StepRecord {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'startedAt' in value;
}

/**
 * Completes the steps that the log shows with what `git jci step` recorded, paired by id.
 * @param runStartedAt ms since the epoch.
 */
export function completeSteps(
  parsed: readonly (Step & { id?: string })[],
  records: readonly StepRecord[],
  runStartedAt: number,
): Step[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return parsed.map(({ id, ...step }) => {
    const record = id === undefined ? undefined : byId.get(id);
    if (record?.durationMs === undefined) return step;
    return {
      ...step,
      startMs: Math.max(0, record.startedAt - runStartedAt),
      durationMs: record.durationMs,
      ...(record.exitCode === undefined ? {} : { exitCode: record.exitCode }),
    };
  });
}
