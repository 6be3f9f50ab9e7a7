import { messageOf } from '../base/errors.ts';
import { headsSince } from '../git/head-log.ts';
import { resolveObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { readWorkTreeState } from '../git/status.ts';
import type { ObjectId } from '../model/object-id.ts';
import { printable } from '../output/terminal-text.ts';
import type { Plan } from './plan.ts';

/**
 * Whether a run tested something else than the commit that it was planned for: the working tree stays the user's, also
 * while a script runs in it. Ask when the script is over.
 * @returns the sentence for the log, or `undefined` for a run that is a verdict, or that was known before not to be one.
 */
export async function describeTreeChange(repo: Repository, plan: Pick<Plan, 'where' | 'dirty'> & Before): Promise<string | undefined> {
  if (plan.where === 'worktree' || plan.dirty) return undefined;
  const what = await changeSince(repo, plan).catch((error: unknown) => `whether the working tree has changed is not known (${messageOf(error)})`);
  return what === undefined ? undefined : `${what}: this run is no verdict on the commit (--clean runs the commit itself)`;
}

/** What is known of the tree from before the run. */
type Before = Pick<Plan, 'facts' | 'headLogSize' | 'plainIndex'>;

async function changeSince(repo: Repository, plan: Before): Promise<string | undefined> {
  const { commit, changes } = await readWorkTreeState(repo, plan.plainIndex);
  if (await hasMoved(repo, plan, commit)) return 'HEAD has moved during the run';
  return changes.length === 0 ? undefined : `the working tree has changed during the run (${inWords(changes)})`;
}

/** Whether HEAD is, or has been, at another tree: a verdict is about the tree, and an amended message leaves that as it is. */
async function hasMoved(repo: Repository, { facts, headLogSize }: Pick<Plan, 'facts' | 'headLogSize'>, head: ObjectId | undefined): Promise<boolean> {
  if (head === undefined) return true;
  const others = new Set([head, ...headsSince(repo, headLogSize)].filter((commit) => commit !== facts.commit));
  const trees = await resolveObjects(repo, Array.from(others, (commit) => `${commit}^{tree}`));
  return trees.some((tree) => tree?.id !== facts.tree);
}

const shown = 3;

function inWords(paths: readonly string[]): string {
  const names = paths.slice(0, shown).map(printable).join(', ');
  return paths.length > shown ? `${names} and ${paths.length - shown} more` : names;
}
