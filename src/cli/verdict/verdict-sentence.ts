import { shortId } from '../../model/object-id.ts';
import type { VerdictFound } from '../../store/judge-commits.ts';

/** What a verdict says about a commit, and whose run says it. */
export function verdictSentence(verdict: VerdictFound, commit: string): string {
  if (!('run' in verdict)) {
    return verdict.verdict === 'running' ? `${shortId(commit)} is running` : `${shortId(commit)} has no verdict; get one with: git jci run`;
  }
  const elsewhere = verdict.run.commit === commit ? '' : ` as ${shortId(verdict.run.commit)}, which has the same tree`;
  return `${shortId(commit)} ${verdict.verdict} in run ${verdict.run.runId}${elsewhere}`;
}
