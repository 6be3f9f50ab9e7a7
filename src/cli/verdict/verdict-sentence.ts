import { shortId } from '../../model/object-id.ts';
import type { VerdictFound } from '../../store/judge-commits.ts';

/**
 * What a verdict says about a commit, and whose run says it.
 * @param revision how the commit was asked for; `undefined`: it is HEAD.
 */
export function verdictSentence(verdict: VerdictFound, commit: string, revision?: string): string {
  if (!('run' in verdict)) {
    return verdict.verdict === 'running' ? `${shortId(commit)} is running` : `${shortId(commit)} has no verdict; get one with: ${['git jci run', revision].join(' ').trimEnd()}`;
  }
  const elsewhere = verdict.run.commit === commit ? '' : ` as ${shortId(verdict.run.commit)}, which has the same tree`;
  return `${shortId(commit)} ${verdict.verdict} in run ${verdict.run.runId}${elsewhere}`;
}
