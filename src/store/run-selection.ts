import type { ObjectId } from '../model/object-id.ts';
import type { Outcome, RunStatus } from '../model/outcome.ts';
import type { ResultSummary } from '../model/trailers.ts';
import type { FoundRun } from './all-runs.ts';

/** Which runs a listing is about. */
export interface RunSelection {
  /** Only runs of this commit. */
  commit?: ObjectId;
  /** Only runs of the history of this commit. */
  historyOf?: ObjectId;
  status?: RunStatus | Outcome;
  /** `undefined` for all. */
  limit: number | undefined;
  /** Whether the subjects of the commits will be shown. */
  subjects: boolean;
}

/** A run with its summary; a live one has none, nor has a result that cannot be read. */
export interface SelectedRun {
  found: FoundRun;
  summary: ResultSummary | undefined;
}

export interface SelectedRuns {
  /** Newest first. */
  runs: SelectedRun[];
  /** The subjects of their commits that are here, if they were asked for. */
  subjects: ReadonlyMap<ObjectId, string>;
}
