/**
 * A named, timed part of a run: one `git jci step`, or what stands between `::group::` and `::endgroup::`.
 *
 * Line numbers count from 1 over the whole stored log; times are ms since the start of the run. Line 0: the run is under way, and the log has nothing of this step yet.
 */
export interface Step {
  name: string;
  /** 0 for a step of the script itself, 1 for a step inside that one, ... */
  depth: number;
  firstLine: number;
  lastLine: number;
  startMs: number;
  durationMs: number;
  /** Only `git jci step` knows it. */
  exitCode?: number;
  /** True when the run ended inside this step, or is inside it now. */
  unfinished?: boolean;
}

/** What steps.json holds. */
export interface StepsFile {
  version: 1;
  steps: Step[];
}
