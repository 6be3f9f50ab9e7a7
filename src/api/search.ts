import * as v from 'valibot';
import { count } from './parts.ts';
import { runItem } from './run-item.ts';

/** `GET /api/search?q=&regex=&case=&branch=&verdict=`: newline-delimited JSON, newest runs first. The last one has `done`. */
export const runSearch = v.object({
  /** A run in whose log something was found, and its first hits. */
  found: v.exactOptional(v.object({ run: runItem, subject: v.nullable(v.string()), hits: v.array(v.object({ line: count, text: v.string() })), more: v.boolean() })),
  /** Runs that were looked at so far, of so many. */
  searched: count,
  of: count,
  done: v.exactOptional(v.literal(true)),
  /** With `done`: why it ended before all runs were looked at. */
  problem: v.exactOptional(v.string()),
});
export type RunSearch = v.InferOutput<typeof runSearch>;
