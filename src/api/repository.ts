import * as v from 'valibot';
import { count, objectId } from './parts.ts';

/** `GET /api/branches`: local branches by name. */
export const branches = v.array(
  v.object({
    name: v.string(),
    isRemote: v.boolean(),
    /** HEAD is on it. */
    current: v.boolean(),
    head: objectId,
  }),
);

/** `GET /api/info`: what the page needs to know before anything else. */
export const info = v.object({
  /** The repository's folder, without its path. */
  name: v.string(),
  /** `null` on a detached HEAD. */
  branch: v.nullable(v.string()),
  /** `null` before the first commit. */
  head: v.nullable(objectId),
  /** Whether HEAD has a `.jci/run.sh`. */
  hasScript: v.boolean(),
  /** All stored runs. */
  runs: count,
  /** No run is stored, but this clone has made some: all of them were pruned. */
  pruned: v.boolean(),
  /** Whether `POST /api/rerun` and `/api/cancel` are there: not in a bare repository. */
  canRun: v.boolean(),
  version: v.string(),
  /** As the events have it: changes with any change of refs. */
  refs: v.string(),
});
export type Info = v.InferOutput<typeof info>;

/** What every response other than 2xx and 304 has for a body. */
export const problem = v.object({
  /** One sentence for people. */
  error: v.string(),
  /** The next command to type, or what else may help. */
  hint: v.optional(v.string()),
});
export type Problem = v.InferOutput<typeof problem>;
