import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JciError } from '../base/errors.ts';
import { exitCode } from '../base/exit-codes.ts';
import type { Repository } from '../git/repository.ts';
import { headLogSize } from '../git/head-log.ts';
import { objectIdOf } from '../git/pack/pack-entry.ts';
import { branchOf, getCommit, getNamedCommit, noHead, type NamedCommit } from '../git/revisions.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { readWorkTreeState } from '../git/status.ts';
import { shortId, type ObjectId } from '../model/object-id.ts';

/** What a run is about, and where it is to run. */
export interface Plan {
  facts: CommitFacts & { script: ObjectId };
  /** `work tree`: the user's own, as it is. `worktree`: a temporary one of exactly this commit. */
  where: 'work tree' | 'worktree';
  branch: string | undefined;
  dirty: boolean;
  /** Changed files that `git status` says nothing of. */
  unseen: readonly string[];
  /** How much was known of HEAD's moves (`headLogSize`) before the working tree was looked at. */
  headLogSize: number;
  /** What the state of the working tree has said of the index, for whoever asks for that state again. */
  plainIndex: string | undefined;
}

/**
 * Decides what a run without a range runs.
 *
 * The working tree as it is, for HEAD; a temporary worktree for every other commit, and whenever `clean` asks for one.
 * @param revision `undefined` for HEAD.
 * @throws JciError (128) with no commit yet, (125) when the commit has no `.jci/run.sh`, (3) for an unknown revision.
 */
export async function planRun(repo: Repository, revision: string | undefined, clean: boolean): Promise<Plan> {
  if (revision === undefined && !clean) return planWorkTree(repo);
  const named = revision === undefined ? headCommit(repo) : await getNamedCommit(repo, revision);
  if (named === undefined) throw await noHead(repo);
  if (named.facts.commit === repo.head?.commit && !clean) return planWorkTree(repo);
  return planCommit(named.facts, await branchOf(repo, named));
}

/**
 * A run of exactly this commit in a temporary worktree.
 * @throws JciError (125) when it has no `.jci/run.sh`.
 */
export function planCommit(facts: CommitFacts, branch: string | undefined): Plan {
  const { script } = facts;
  if (script === undefined) throw noScript(`commit ${shortId(facts.commit)}`);
  return { facts: { ...facts, script }, where: 'worktree', branch, dirty: false, unseen: [], headLogSize: 0, plainIndex: undefined };
}

const headCommit = ({ head }: Repository): NamedCommit | undefined => (head === undefined ? undefined : { facts: head, branch: undefined });

async function planWorkTree(repo: Repository): Promise<Plan> {
  if (repo.head === undefined) throw await noHead(repo);
  const path = join(repo.workTree ?? '', '.jci', 'run.sh');
  if (!existsSync(path)) throw noScript('the working tree');
  const moves = headLogSize(repo);
  const state = await readWorkTreeState(repo);
  const dirty = state.changes.length > 0;
  // It may have moved since the repository was opened.
  const facts = state.commit === repo.head.commit ? repo.head : await getCommit(repo, state.commit ?? 'HEAD');
  const script = !dirty && facts.script !== undefined ? facts.script : objectIdOf(repo.objectFormat, 'blob', readFileSync(path));
  return { facts: { ...facts, script }, where: 'work tree', branch: state.branch, dirty, unseen: state.unseen, headLogSize: moves, plainIndex: state.plainIndex };
}

const noScript = (where: string): Error =>
  new JciError(exitCode.untestable, `there is no .jci/run.sh in ${where}`, { hint: 'write one that fits this repository with: git jci init' });
