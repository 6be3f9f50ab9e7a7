import { shortId } from '../model/object-id.ts';
import type { VerdictFound } from './judge-commits.ts';

/** A run that says something about a commit, and what it says in words. */
export interface SameTree {
  commit: string;
  runId: string;
  /** `its tree passed in run 1760000000-1a2b of 0123456789ab`, to follow what names the commit. */
  words: string;
}

/** The run that a verdict goes by, for a commit without runs of its own; `undefined` if there is none. */
export function sameTree(known: VerdictFound): SameTree | undefined {
  if (known.verdict === 'none') return undefined;
  const { commit, runId } = 'run' in known ? known.run : known.live;
  const said = known.verdict === 'running' ? 'is running' : known.verdict;
  return { commit, runId, words: `its tree ${said} in run ${runId} of ${shortId(commit)}` };
}
