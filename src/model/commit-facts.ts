import type { ObjectId } from './object-id.ts';

/** What a run needs to know of a commit. */
export interface CommitFacts {
  commit: ObjectId;
  tree: ObjectId;
  /** The blob of `.jci/run.sh` in it, if it has one. */
  script: ObjectId | undefined;
}
