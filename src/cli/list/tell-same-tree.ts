import { loadSettings } from '../../config/load.ts';
import { findCommit } from '../../git/revisions.ts';
import { shortId } from '../../model/object-id.ts';
import type { SelectedRun } from '../../store/run-selection.ts';
import { sameTree } from '../../store/same-tree.ts';
import { verdictAtOnce } from '../../store/verdict.ts';
import type { Call } from '../command.ts';

/** What a listing may be narrowed by. */
interface Narrowed {
  all?: boolean;
  status?: string;
  branch?: string;
}

/**
 * A listing is of the runs of commits. One that was reworded or rebased has none, and the old one is in no history: where that
 * leaves the tip without a run, this names the run that its verdict goes by.
 * @returns a line to say; `undefined` if there is nothing to tell, or if it would take long to find out.
 */
export async function tellSameTree({ repo, args, options }: Call<Narrowed>, runs: readonly SelectedRun[]): Promise<string | undefined> {
  if (options.all === true || options.status !== undefined) return undefined;
  const revision = args[0] ?? options.branch ?? 'HEAD';
  const tip = revision === 'HEAD' && repo.head !== undefined ? repo.head : await findCommit(repo, revision);
  if (tip === undefined || runs.some(({ found }) => found.run.commit === tip.commit)) return undefined;
  const { settings } = await loadSettings(repo);
  const known = await verdictAtOnce(repo, tip, settings);
  const other = known === undefined ? undefined : sameTree(known);
  if (other === undefined || other.commit === tip.commit) return undefined;
  return `${revision} (${shortId(tip.commit)}) has no runs of its own; ${other.words}: git jci show ${other.runId}`;
}
