import type { Context } from '../../base/context.ts';
import type { RunRecord } from '../../model/record.ts';
import type { Step } from '../../model/step.ts';
import type { TestsFile } from '../../model/test-case.ts';
import type { ResultSummary } from '../../model/trailers.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Colors } from '../render/colors.ts';

/** Markdown, as far as it is of interest. */
export interface Account {
  markdown: string;
  omittedBytes: number;
}

/** A stored run with everything its result tells. */
export interface ShownRun extends StoredRunRef {
  /** `null` when the commit is not here. */
  subject: string | null;
  summary: ResultSummary | null;
  record: RunRecord | null;
  steps: Step[];
  tests: TestsFile | null;
  /** The script's own account of the run: what it left as summary.md. */
  account: Account | null;
  /** The last lines of the log, where nothing else tells why the run failed. */
  logTail: string[] | null;
  /** `null` when there are too many to be listed. */
  artefacts: { path: string; size: number; link: boolean }[] | null;
  /** How many, in words. */
  whyNoArtefacts: string | null;
}

export interface Look {
  ctx: Context;
  colors: Colors;
  width: number;
}
