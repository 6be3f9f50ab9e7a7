import * as v from 'valibot';
import { testCaseSchema } from '../model/result-files.ts';
import { count, milliseconds } from './parts.ts';
import { runItem } from './run-item.ts';

const stepTime = v.nullable(v.object({ durationMs: milliseconds, exitCode: v.exactOptional(v.number()) }));
const change = v.object({ suite: v.string(), name: v.string(), before: testCaseSchema, after: testCaseSchema });
const changes = v.object({ total: count, tests: v.array(change) });
const cases = v.object({ total: count, tests: v.array(testCaseSchema) });

/** `GET /api/compare?a=<commit>/<run id>&b=<commit>/<run id>`: of every list of tests at most 200. */
export const comparison = v.object({
  a: runItem,
  b: runItem,
  steps: v.array(v.object({ name: v.string(), before: stepTime, after: stepTime })),
  tests: v.object({
    fixed: changes,
    broken: changes,
    stillFailing: changes,
    nowSkipped: changes,
    nowRunning: changes,
    slower: changes,
    added: cases,
    removed: cases,
  }),
  /** Those that are not the same in both; at most 500 are listed. */
  artefacts: v.object({
    total: count,
    /** `path` and `href` as an artefact has them. */
    changed: v.array(v.object({ path: v.string(), href: v.string(), before: v.nullable(count), after: v.nullable(count) })),
  }),
});
export type Comparison = v.InferOutput<typeof comparison>;

/** `GET /api/compare/log?a=&b=`: how the logs differ, times and the like ignored. */
export const logComparison = v.object({
  hunks: v.array(
    v.object({
      /** First line of the hunk in each log, from 1. */
      before: count,
      after: count,
      lines: v.array(v.object({ kind: v.picklist(['same', 'removed', 'added'] as const), text: v.string() })),
    }),
  ),
  added: count,
  removed: count,
  /** There are more differences than are shown. */
  cut: v.boolean(),
});
export type LogComparison = v.InferOutput<typeof logComparison>;
