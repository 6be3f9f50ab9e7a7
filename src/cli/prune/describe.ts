import { formatSize } from '../../base/byte-size.ts';
import { formatAge } from '../../base/duration.ts';
import type { LostWork } from '../../git/garbage.ts';
import { shortId } from '../../model/object-id.ts';
import type { Judged, PruneReason } from '../../model/retention.ts';
import { runIdSeconds } from '../../model/run-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { PrunableRun, PrunePlan, Sizes } from '../../prune/plan.ts';
import { countOf } from '../render/words.ts';

const reasonWords: Record<PruneReason, string> = {
  old: 'old',
  failed: 'failed',
  unreachable: 'commit gone',
  size: 'over --max-size',
};

/** One line per run: id, commit, age, branch if known, why. */
export function runLines(runs: readonly Judged<PrunableRun>[], now: number): string {
  return runs
    .map(({ run, reasons }) => {
      const age = formatAge(now - runIdSeconds(run.runId) * 1000).padEnd(13);
      const branch = run.summary?.branch === undefined ? '' : `  ${printable(run.summary.branch)}`;
      return `${run.runId}  ${shortId(run.commit)}  ${age}  ${reasons.map((reason) => reasonWords[reason]).join(', ')}${branch}`;
    })
    .join('\n');
}

/** The same as JSON. */
export function runsAsJson(runs: readonly Judged<PrunableRun>[], sizes: Sizes | undefined): object[] {
  return runs.map(({ run: { runId, commit, ref, result }, reasons }) => {
    const bytes = sizes?.get(result);
    return { runId, commit, ref, result, reasons, ...(bytes === undefined ? {} : { bytes }) };
  });
}

/** Why runs stay that a rule is against; nothing if there are none. */
export function whatStays(plan: PrunePlan): string[] {
  const lines: string[] = [];
  if (plan.protected > 0) lines.push(`${countOf(plan.protected, 'run')} ${plan.protected === 1 ? 'stays' : 'stay'}: among the newest of a branch, or being stored`);
  if (plan.unjudged > 0) lines.push(`${countOf(plan.unjudged, 'run')} ${plan.unjudged === 1 ? 'stays' : 'stay'}: not here, so nobody knows verdict and branch (git jci pull)`);
  return lines;
}

/** How much, and how that was measured. */
export const sizeWords = (bytes: number | undefined): string =>
  bytes === undefined ? 'an unknown amount, since some results cannot be read' : `about ${formatSize(bytes)} (packed size of what no other run uses)`;

/** What `git gc` takes besides pruned runs, in words; `undefined` if there is nothing. */
export function lostWorkWords({ stashes, commits }: LostWork): string | undefined {
  const parts: string[] = [];
  if (stashes > 0) parts.push(`${stashes} dropped ${stashes === 1 ? 'stash' : 'stashes'}`);
  if (commits > 0) parts.push(`${countOf(commits, 'commit')} that nothing leads to any more`);
  return parts.length === 0 ? undefined : parts.join(' and ');
}
