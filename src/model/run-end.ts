import type { CancelSignal, Outcome } from './outcome.ts';

/** How the script of a run ended. */
export interface RunEnd {
  outcome: Outcome;
  exitCode: number | null;
  signal: string | null;
  /** One sentence, where the outcome needs one. */
  reason?: string;
  /** The signal that cancelled it, if one did. */
  cancelSignal?: CancelSignal;
  /** Sentences for the log. */
  notes: string[];
}
