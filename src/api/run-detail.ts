import * as v from 'valibot';
import { annotationSchema, recordSchema, stepSchema, testCaseSchema, totalsSchema } from '../model/result-files.ts';
import { count, objectId, time } from './parts.ts';
import { runItem, runStates } from './run-item.ts';

/** How an artefact is shown. `table` is CSV or TSV; `binary` and `link` are not shown. */
export const artefactKinds = ['text', 'markdown', 'image', 'html', 'junit', 'table', 'binary', 'link'] as const;

/** A file of a result that the script wrote. */
export const artefact = v.object({
  /** With `/` between folders; bytes that are not UTF-8 are replaced. */
  path: v.string(),
  /** The path as it stands in a URL below the run's: percent-encoded, byte for byte, `/` kept. */
  href: v.string(),
  /** The blob: the same id is the same content. */
  id: objectId,
  size: count,
  executable: v.boolean(),
  kind: v.picklist(artefactKinds),
});
export type Artefact = v.InferOutput<typeof artefact>;

/** Everything about one run but its log and the tests that passed. */
export const runDetail = v.object({
  item: runItem,
  /** `null` while it runs, in results of the Go tool, and if it cannot be read. */
  record: v.nullable(recordSchema),
  steps: v.array(stepSchema),
  /** While it runs; those of a result are in its record. */
  annotations: v.array(annotationSchema),
  annotationsOmitted: v.exactOptional(count),
  tests: v.nullable(
    v.object({
      totals: totalsSchema,
      /** Those that failed, at most 200 of them. */
      failed: v.array(testCaseSchema),
      /** Cases beyond the limit of a result. */
      omitted: count,
    }),
  ),
  artefacts: v.array(artefact),
  /** summary.md as HTML without any markup of its own that could do harm. */
  summaryHtml: v.nullable(v.string()),
  log: v.object({ bytes: count }),
  /** What to type to see the same happen again. */
  reproduce: v.string(),
  /** The run that this one repeats, and those that repeat this one, oldest first. */
  rerunOf: v.nullable(runItem),
  rerunBy: v.array(runItem),
});
export type RunDetail = v.InferOutput<typeof runDetail>;

/** `GET /api/commit/<hash>[/<run id>]`: without a run id its newest run. A unique prefix of the hash will do. */
export const commitDetail = v.object({
  hash: objectId,
  /** Empty, like `date` and `message`, if the commit is not here and only its runs are. */
  author: v.string(),
  date: v.union([time, v.literal('')]),
  /** The whole message. */
  message: v.string(),
  status: v.picklist([...runStates, '']),
  /** Paths of the result, without index.html. */
  files: v.array(v.string()),
  ref: v.string(),
  runId: v.string(),
  runs: v.array(runItem),
  run: v.nullable(runDetail),
});
export type CommitDetail = v.InferOutput<typeof commitDetail>;
