import * as v from 'valibot';
import { count, milliseconds } from './parts.ts';

/** Lines of one answer, at most. */
export const mostLines = 2000;

/** Characters of a line that are sent, at most. */
export const longestLine = 16 * 1024;

/** A line as a person sees it: commands in words, written-over text gone, no escape sequences but colours (SGR). */
export const logLine = v.object({
  text: v.string(),
  /** When it came, in ms since the start of the run; `null` where nobody knows. */
  ms: v.nullable(milliseconds),
  /** Characters that were left out at its end. */
  cut: v.exactOptional(count),
});
export type LogLine = v.InferOutput<typeof logLine>;

/** `GET /api/log/<commit>/<run id>/lines?from=&count=`: a range by line, from 1. */
export const logLines = v.object({
  from: count,
  /** Lines that are known so far. */
  total: count,
  /** Nothing will be added any more: the run is over and the log has been read to its end. */
  complete: v.boolean(),
  /** SGR sequences that are still in force where the first line begins. */
  state: v.string(),
  lines: v.array(logLine),
});
export type LogLines = v.InferOutput<typeof logLines>;

/** `GET /api/log/<commit>/<run id>/next-error?from=&back=`: the nearest line that tells of an error. */
export const nextError = v.object({ line: v.nullable(count) });

/**
 * `GET /api/log/<commit>/<run id>/search?q=&regex=&case=`: newline-delimited JSON, as found. The last one has `done`.
 * Text is given for the first hits only; of all others, beyond a limit, just the number is told.
 */
export const logSearch = v.object({
  hits: v.exactOptional(v.array(v.object({ line: count, text: v.exactOptional(v.string()) }))),
  /** Lines that fit so far. */
  count,
  /** Lines that were looked at so far. */
  searched: count,
  done: v.exactOptional(v.literal(true)),
  /** With `done`: why it ended before the log did. */
  problem: v.exactOptional(v.string()),
});
export type LogSearch = v.InferOutput<typeof logSearch>;

/** `GET /api/log/<commit>/<run id>/events`: server-sent `grown` events while the run goes on or its log is being read. */
export const logGrown = v.object({
  total: count,
  /** A line may grow before it ends, and the total stays. */
  bytes: count,
  complete: v.boolean(),
  /** The run has its result: its steps, tests and artefacts can be asked for. */
  stored: v.boolean(),
  /** Another text whenever a step of a run under way has begun or ended, or it has pointed something out: they can be asked for with the run. */
  steps: v.string(),
});
export type LogGrown = v.InferOutput<typeof logGrown>;
