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
  const path = join(stepsDir, `${record.id}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

/** All records that parse, in no order; none if the folder is gone. */
export function readStepRecords(stepsDir: string): StepRecord[] {
  try {
    return readdirSync(stepsDir)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readJsonFile(join(stepsDir, name)))
      .filter(isStepRecord);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

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
