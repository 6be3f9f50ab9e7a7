import type { Env } from '../base/context.ts';
import { loadSettings } from '../config/load.ts';
import { scriptEnvironment } from '../git/environment.ts';
import type { Repository } from '../git/repository.ts';
import { currentBranch } from '../git/revisions.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { RunKey } from '../model/run-ref.ts';
import { startInBackground } from '../proc/background.ts';
import { verdictAtOnce } from '../store/verdict.ts';

/** What a commit led to. */
export type HookRun =
  | { kind: 'passed already'; run: RunKey }
  /** `sure`: it will run. Otherwise only if it finds out that none of very many results is a pass of its tree. */
  | { kind: 'started'; commit: ObjectId; sure: boolean };

/**
 * What post-commit and post-merge do: start a run of exactly HEAD, unless its tree and script have passed before (a
 * reworded message, a merge that was tested on its branch), and return at once.
 *
 * The branch is passed on: HEAD may be elsewhere before the run begins. With very many results the run itself has to look
 * through them, since that takes longer than anybody wants to wait for a commit.
 * @param self absolute words that start this git jci.
 * @returns `undefined` if there is nothing to run.
 */
export async function startRunOfHead(repo: Repository, self: readonly string[]): Promise<HookRun | undefined> {
  const [file, ...words] = self;
  const { head, workTree } = repo;
  if (file === undefined || workTree === undefined || head?.script === undefined) return undefined;
  const [{ settings }, branch] = await Promise.all([loadSettings(repo), currentBranch(repo)]);
  const known = await verdictAtOnce(repo, head, settings);
  if (known?.verdict === 'passed') return { kind: 'passed already', run: known.run };
  const sure = known !== undefined;
  const more = [...(sure ? [] : ['--if-needed']), ...(branch === undefined ? [] : ['--branch', branch])];
  const args = [...words, 'run', '--clean', '--trigger', 'hook', ...more, head.commit];
  await startInBackground(file, args, { cwd: workTree, env: backgroundEnvironment(repo) });
  return { kind: 'started', commit: head.commit, sure };
}

/**
 * The user's environment again, without what git put into it for the hook.
 *
 * `git commit` exports the author of the commit, who need not be the one who runs it: the author of a result is the
 * committer, if the environment names one, else whoever git's configuration names.
 */
export function backgroundEnvironment({ ctx, env }: Repository): Env {
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
