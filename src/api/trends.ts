import * as v from 'valibot';
import { totalsSchema } from '../model/result-files.ts';
import { count, milliseconds } from './parts.ts';
import { runItem } from './run-item.ts';

/** `GET /api/trends?branch=&limit=`: the latest stored runs, oldest first; without a branch, of all. */
export const trends = v.object({
  runs: v.array(
    v.object({
      run: runItem,
      /** Steps of the script itself, in the order they began. */
      steps: v.array(v.object({ name: v.string(), durationMs: milliseconds })),
      tests: v.nullable(totalsSchema),
    }),
  ),
  /** By their median, the slowest first; at most 20. */
  slowestTests: v.array(v.object({ suite: v.string(), name: v.string(), medianMs: milliseconds, longestMs: milliseconds, runs: count })),
});
export type Trends = v.InferOutput<typeof trends>;
