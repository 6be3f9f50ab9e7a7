import * as v from 'valibot';
import { testStatuses } from '../model/test-case.ts';
import { testCaseSchema, totalsSchema } from '../model/result-files.ts';
import { count, milliseconds, objectId } from './parts.ts';
import { runItem } from './run-item.ts';

/** `GET /api/tests/<commit>/<run id>?status=&text=&offset=`: failures first, then the slowest. */
export const testList = v.object({
  totals: totalsSchema,
  /** At most 500. */
  cases: v.array(testCaseSchema),
  /** How many fit. */
  found: count,
  omitted: count,
});

/** `GET /api/tests/history?suite=&name=&limit=`: one test over the latest runs that had it, newest first. */
export const testHistory = v.object({
  suite: v.string(),
  name: v.string(),
  results: v.array(
    v.object({
      run: runItem,
      status: v.picklist(testStatuses),
      durationMs: v.nullable(milliseconds),
      message: v.exactOptional(v.string()),
    }),
  ),
  /** Runs that were looked at. */
  looked: count,
});
export type TestHistory = v.InferOutput<typeof testHistory>;

/** `GET /api/tests/find?text=`: tests by a part of their names, each as the latest run that had it knows it; at most 20. */
export const foundTests = v.object({
  tests: v.array(v.object({ suite: v.string(), name: v.string(), status: v.picklist(testStatuses), run: runItem })),
  /** How many fit. */
  found: count,
  /** Runs with tests that were looked at. */
  looked: count,
});
export type FoundTests = v.InferOutput<typeof foundTests>;

const flakyResult = v.object({ runId: v.string(), commit: objectId, status: v.picklist(['passed', 'failed', 'error'] as const) });

/** `GET /api/flaky`: tests whose result changed without a change of tree or script. */
export const flakyTests = v.object({
  tests: v.array(
    v.object({
      suite: v.string(),
      name: v.string(),
      flips: count,
      passed: count,
      failed: count,
      evidence: v.array(v.object({ tree: v.string(), script: v.string(), results: v.array(flakyResult) })),
    }),
  ),
  /** Runs that were looked at. */
  looked: count,
});
export type FlakyTests = v.InferOutput<typeof flakyTests>;
