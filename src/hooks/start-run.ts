import { scriptEnvironment } from '../git/environment.ts';
import type { Repository } from '../git/repository.ts';
import { findCommit } from '../git/revisions.ts';
import type { Env } from '../base/context.ts';
import type { ObjectId } from '../model/object-id.ts';
import { startInBackground } from '../proc/background.ts';

/**
 * What post-commit and post-merge do: start a run of exactly HEAD, and return at once.
 *
 * The run itself finds out whether its tree and script have passed before (a reworded message, a merge that was tested on
 * its branch): with thousands of results that takes longer than anybody wants to wait for a commit.
 * @param self absolute words that start this git jci.
 * @returns the commit, or `undefined` if there is nothing to run.
 */
export async function startRunOfHead(repo: Repository, self: readonly string[]): Promise<ObjectId | undefined> {
  const [file, ...words] = self;
  const facts = await findCommit(repo, 'HEAD');
  if (file === undefined || repo.workTree === undefined || facts?.script === undefined) return undefined;
  const args = [...words, 'run', '--clean', '--if-needed', '--trigger', 'hook', facts.commit];
  await startInBackground(file, args, { cwd: repo.workTree, env: backgroundEnvironment(repo) });
  return facts.commit;
}

/**
 * The user's environment again, without what git put into it for the hook.
 *
 * `git commit` exports the author of the commit, who need not be the one who runs it: the author of a result is the
 * committer, if the environment names one, else whoever git's configuration names.
 */
function backgroundEnvironment({ ctx, env }: Repository): Env {
  const { GIT_DIR, GIT_WORK_TREE } = env;
  const { GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL } = ctx.env;
  // Git itself never sets these: they are the user's own.
  const config = Object.entries(ctx.env).filter(([name]) => /^GIT_CONFIG_(?:COUNT|KEY_\d+|VALUE_\d+)$/.test(name));
  const kept = {
    ...Object.fromEntries(config),
    GIT_DIR,
    GIT_WORK_TREE,
    GIT_AUTHOR_NAME: GIT_COMMITTER_NAME,
    GIT_AUTHOR_EMAIL: GIT_COMMITTER_EMAIL,
  };
  return { ...scriptEnvironment(ctx.env), ...kept };
}
