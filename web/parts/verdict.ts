import type { Outcome } from '../../src/model/outcome.ts';
import type { RunItem } from '../../src/api/run-item.ts';

/** What a reader is told of a run, or of a commit without any. */
export type Verdict = Outcome | 'running' | 'none';

/** Signs, so that no verdict is told by its colour alone. */
export const signs: Record<Verdict, string> = {
  passed: '✓',
  failed: '✗',
  timeout: '◔',
  cancelled: '⊘',
  interrupted: '↯',
  broken: '!',
  running: '●',
  none: '–',
};

/** Of a run of the Go tool only the status is known; a run whose git jci died is over, and not passed. */
export function verdictOf(run: Pick<RunItem, 'status' | 'outcome' | 'live'> | null | undefined): Verdict {
  if (run === null || run === undefined) return 'none';
  if (run.live === 'lost') return 'interrupted';
  if (run.outcome !== null) return run.outcome;
  return run.status === 'success' ? 'passed' : run.status;
}
