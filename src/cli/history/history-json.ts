import type { CommitRuns } from '../../store/verdict-lookup.ts';
import type { SelectedRun } from '../../store/run-selection.ts';
import type { CommitLine } from './describe-commit.ts';

/** A commit in `git jci log --json`: `verdict` and `run` as in `git jci status --json`, `runs` are those of the commit itself. */
export function toJson({ commit, ...line }: CommitLine, { verdict, runs }: CommitRuns): object {
  const run = 'run' in verdict ? verdict.run : null;
  return { commit, ...line, verdict: verdict.verdict, run, runs: runs.map(runMark) };
}

function runMark({ found, summary }: SelectedRun): object {
  const { runId } = found.run;
  if (found.kind === 'live') return { runId, status: 'running', dirty: found.run.dirty };
  return { runId, status: summary?.status ?? 'unreadable', outcome: summary?.outcome, dirty: summary?.dirty === true };
}
