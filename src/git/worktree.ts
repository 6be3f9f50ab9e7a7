import { refusal } from '../base/errors.ts';
import type { ObjectId } from '../model/object-id.ts';
import { removeFolder } from '../proc/remove-folder.ts';
import { gitEnvironment } from './environment.ts';
import { gitFailed, lastWords, tryGit, type GitPlace } from './exec.ts';
import type { Repository } from './repository.ts';

/** The user's post-checkout hook is for the user's own checkouts. */
const withoutHooks = ['-c', 'core.hooksPath=/dev/null'];

/**
 * Makes a worktree on no branch, with no files in it yet. Only one at a time: git reads what another `git worktree` is
 * about to write, and gives up (seen with 2.39: "failed to read .git/worktrees/0/commondir").
 */
export async function addWorktree(repo: Repository, path: string, commit: ObjectId): Promise<void> {
  const args = [...withoutHooks, 'worktree', 'add', '--quiet', '--detach', '--force', '--no-checkout', path, commit];
  const result = await tryGit(repo, args);
  if (result.exitCode !== 0) throw refusal(`no temporary worktree could be made in ${path}: ${lastWords(result.stderr)}`);
}

/** Brings a worktree to exactly this commit: tracked files as committed, nothing else, ignored files included. */
export async function resetWorktree(repo: Repository, path: string, commit: ObjectId): Promise<void> {
  const place: GitPlace = { ctx: repo.ctx, cwd: path, env: gitEnvironment(repo.ctx.env) };
  const steps = [
    [...withoutHooks, 'checkout', '--quiet', '--force', '--detach', commit],
    ['clean', '-ffdxq'],
  ];
  for (const args of steps) {
    const result = await tryGit(place, args);
    if (result.exitCode !== 0) throw gitFailed(args, result);
  }
}

/**
 * Takes a worktree away, whatever is in it.
 * @returns why it is still there: files of somebody else, such as a container run as root.
 */
export async function removeWorktree(repo: Repository, path: string): Promise<string | undefined> {
  const args = ['worktree', 'remove', '--force', '--force', path];
  const result = await tryGit(repo, args);
  if (result.exitCode === 0) return undefined;
  const why = await removeFolder(path, repo.ctx.env);
  await tryGit(repo, ['worktree', 'prune']);
  return why;
}

/** The paths of all worktrees of the repository, the user's own first; bare ones have none. */
export async function listWorktrees(repo: Repository): Promise<string[]> {
  const result = await tryGit(repo, ['worktree', 'list', '--porcelain']);
  const entries = result.stdout.toString('utf8').split('\n\n');
  return entries
    .filter((entry) => !/^(?:bare|prunable.*)$/m.test(entry))
    .flatMap((entry) => /^worktree (.*)$/m.exec(entry)?.[1] ?? []);
}
