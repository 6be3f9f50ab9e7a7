import * as v from 'valibot';
import { annotationLevels } from './annotation.ts';
import { outcomes, triggers } from './outcome.ts';
import type { RunRecord } from './record.ts';
import type { StepsFile } from './step.ts';
import { testStatuses, type TestsFile } from './test-case.ts';

/*
 * Results come from other people, other machines and other versions of git jci, so nothing is believed unread. Unknown
 * fields are kept out, missing optional ones filled in; a file that does not fit at all reads as if it were not there.
 */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Whoever indents by it must get along: groups that never end nest as deep as there are any, so deeper ones read as this. */
const deepest = 100;
const depth = v.pipe(count, v.transform((levels) => Math.min(levels, deepest)));

/** JSON may hold numbers that are read as infinite, or whose sum is: JSON has no word for that, and whoever is sent it could not read any of the answer. */
const number = v.pipe(v.number(), v.transform((value) => Math.min(Math.max(value, -9e15), 9e15)));
const time = v.pipe(v.string(), v.isoTimestamp());

/** An annotation, as jci.json lists it. */
export const annotationSchema = v.object({
  level: v.picklist(annotationLevels),
  message: v.string(),
  title: v.exactOptional(v.string()),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(count),
  col: v.exactOptional(count),
  logLine: count,
});

/** Test totals, as jci.json and tests.json have them. */
export const totalsSchema = v.object({ passed: count, failed: count, skipped: count, durationMs: number });

const stepSummary = v.object({
  name: v.string(),
  depth,
  startMs: number,
  durationMs: number,
  exitCode: v.exactOptional(number),
});

/** jci.json. */
export const recordSchema: v.GenericSchema<unknown, RunRecord> = v.object({
  version: v.literal(1),
  runId: v.string(),
  commit: v.string(),
  tree: v.string(),
  script: v.string(),
  branch: v.nullable(v.string()),
  trigger: v.picklist(triggers),
  dirty: v.boolean(),
  clean: v.boolean(),
  shared: v.array(v.object({ path: v.string(), how: v.picklist(['link', 'copy'] as const) })),
  status: v.picklist(['ok', 'err'] as const),
  outcome: v.picklist(outcomes),
  reason: v.exactOptional(v.string()),
  exitCode: v.nullable(number),
  signal: v.nullable(v.string()),
  startedAt: time,
  finishedAt: time,
  durationMs: v.pipe(number, v.minValue(0)),
  host: v.string(),
  user: v.string(),
  platform: v.string(),
  gitVersion: v.string(),
  jciVersion: v.string(),
  rerunOf: v.exactOptional(v.string()),
  job: v.exactOptional(v.string()),
  steps: v.array(stepSummary),
  annotations: v.array(annotationSchema),
  annotationsOmitted: v.exactOptional(count),
  tests: v.exactOptional(totalsSchema),
  notes: v.array(v.string()),
});

/** A step, as steps.json lists it. */
export const stepSchema = v.object({
  ...stepSummary.entries,
  firstLine: count,
  lastLine: count,
  unfinished: v.exactOptional(v.boolean()),
});

const stepsFile: v.GenericSchema<unknown, StepsFile> = v.object({ version: v.literal(1), steps: v.array(stepSchema) });

/** A test case, as tests.json lists it. */
export const testCaseSchema = v.object({
  suite: v.string(),
  name: v.string(),
  status: v.picklist(testStatuses),
  durationMs: v.nullable(number),
  message: v.exactOptional(v.string()),
  details: v.exactOptional(v.string()),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(count),
  report: v.string(),
});

const testsFile: v.GenericSchema<unknown, TestsFile> = v.object({
  version: v.literal(1),
  totals: totalsSchema,
  cases: v.array(testCaseSchema),
  omitted: v.exactOptional(count),
});

/** jci.json; `undefined` for anything that is not a record we understand. */
export const parseRecord = (bytes: Uint8Array | undefined): RunRecord | undefined => parse(recordSchema, bytes);

/** steps.json, likewise. */
export const parseSteps = (bytes: Uint8Array | undefined): StepsFile | undefined => parse(stepsFile, bytes);

/** tests.json, likewise. */
export const parseTests = (bytes: Uint8Array | undefined): TestsFile | undefined => parse(testsFile, bytes);

function parse<T>(schema: v.GenericSchema<unknown, T>, bytes: Uint8Array | undefined): T | undefined {
  if (bytes === undefined) return undefined;
  const result = v.safeParse(schema, parseJson(bytes));
  return result.success ? result.output : undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON at all: the schema says the rest.
    return undefined;
  }
}
