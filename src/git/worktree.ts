import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hasCode, refusal } from '../base/errors.ts';
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
 *
 * It is whole, also where the user's own worktree is sparse: git hands those patterns on, and without them checks out
 * everything, whatever its configuration says. `git sparse-checkout disable` would write into the user's configuration.
 */
export async function addWorktree(repo: Repository, path: string, commit: ObjectId): Promise<void> {
  const args = [...withoutHooks, 'worktree', 'add', '--quiet', '--detach', '--force', '--no-checkout', path, commit];
  const result = await tryGit(repo, args);
  if (result.exitCode !== 0) throw refusal(`no temporary worktree could be made in ${path}: ${lastWords(result.stderr)}`);
  for (const patterns of sparsePatterns(repo, path)) rmSync(patterns);
}

/** True when a worktree that was made here has become a sparse one since: files that it leaves out would not come back. */
export const isSparse = (repo: Repository, path: string): boolean => sparsePatterns(repo, path).length > 0;

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
  // `git worktree prune` would forget the user's own, on a disk that is not mounted.
  for (const folder of gitFolders(repo, path)) rmSync(folder, { recursive: true, force: true });
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

const sparsePatterns = (repo: Repository, path: string): string[] =>
  gitFolders(repo, path)
    .map((folder) => join(folder, 'info', 'sparse-checkout'))
    .filter((file) => existsSync(file));

/** What git keeps of the worktree at this path, among the others: `.git/worktrees/<name>`. */
function gitFolders({ commonDir }: Repository, path: string): string[] {
  const root = join(commonDir, 'worktrees');
  const names = existsSync(root) ? readdirSync(root) : [];
  const file = join(realpathSync(dirname(path)), basename(path), '.git');
  return names.map((name) => join(root, name)).filter((folder) => resolve(folder, gitFileOf(folder)) === file);
}

/** The path of the `.git` file in a worktree, as git noted it; empty where it did not. */
function gitFileOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'gitdir'), 'utf8').trimEnd();
  } catch (error) {
    // Another git is just making or removing it, or it is no folder.
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return '';
    throw error;
  }
}
