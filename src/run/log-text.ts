import type { RunRecord } from '../model/record.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { afterDuration } from '../model/run-duration.ts';
import type { RunEnd } from '../model/run-end.ts';

/** The lines that open a log. */
export function logHeader(run: ActiveRun): string[] {
  const where = run.clean ? 'a temporary worktree' : run.dirty ? 'the working tree, which has changes' : 'the working tree';
  return [
    `git jci: run ${run.runId} of ${run.commit}${run.branch === null ? '' : ` (${run.branch})`}`,
    `git jci: started ${run.startedAt} on ${run.host} by ${run.user} (${run.trigger}) in ${where}`,
    ...run.shared.map(({ path, how }) => `git jci: ${path} is shared from the user's working tree (${how})`),
    '',
  ];
}

/** The lines that close it: what was noticed, then the outcome. */
export function logFooter(end: RunEnd, durationMs: number, notes: readonly string[]): string[] {
  return ['', ...notes.map((note) => `git jci: ${note}`), `git jci: ${outcomeSentence(end, durationMs)}`];
}

/** `failed with exit code 2 after 4.2 s` and its kin. */
export function outcomeSentence(
  end: Pick<RunEnd, 'outcome' | 'exitCode' | 'reason'> | Pick<RunRecord, 'outcome' | 'exitCode' | 'reason'>,
  durationMs: number,
): string {
  const code = end.outcome === 'failed' && end.exitCode !== null ? ` with exit code ${end.exitCode}` : '';
  const reason = end.reason === undefined ? '' : `: ${end.reason}`;
  return `${end.outcome}${code} ${afterDuration(durationMs, end.outcome)}${reason}`;
}
