import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import type { CommitVerdict } from '../model/commit-verdict.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { listLiveRuns } from './find-run.ts';
import { listStoredRuns, readSummaries, type StoredRunRef } from './run-list.ts';
import { firstTrusted } from './trusted-results.ts';

/** What is known about a commit: by its own runs, or by runs of another commit with the same tree and script. */
export type VerdictFound =
  | { verdict: Extract<CommitVerdict, 'passed' | 'failed'>; run: StoredRunRef; summary: ResultSummary }
  | { verdict: Extract<CommitVerdict, 'running' | 'none'> };

/**
 * Looks up the verdict on a commit: the newest result that counts for its tree and script.
 *
 * Dirty runs never count, interrupted, cancelled and broken ones say nothing about the commit, and `jci.trust` decides
 * whose results do. A run under way is only told of while there is no verdict.
 */
export async function verdictOf(repo: Repository, facts: CommitFacts, settings: Settings): Promise<VerdictFound> {
  const runs = await listStoredRuns(repo);
  const summaries = await readSummaries(repo, runs);
  const telling = runs.filter((run) => tells(summaries.get(run.result), run, facts));
  const run = await firstTrusted(repo, telling, settings.trust);
  const summary = run === undefined ? undefined : summaries.get(run.result);
  if (run !== undefined && summary !== undefined) {
    return { verdict: summary.status === 'ok' ? 'passed' : 'failed', run, summary };
  }
  const live = (await listLiveRuns(repo)).some((active) => active.tree === facts.tree && !active.dirty);
  return { verdict: live ? 'running' : 'none' };
}

function tells(summary: ResultSummary | undefined, run: StoredRunRef, facts: CommitFacts): boolean {
  if (summary === undefined || summary.dirty || summary.status === 'running') return false;
  // The Go tool recorded no tree: its results count for their own commit.
  if (summary.outcome === undefined) return run.commit === facts.commit;
  if (!['passed', 'failed', 'timeout'].includes(summary.outcome)) return false;
  return summary.tree === facts.tree && summary.script === facts.script;
}
