import { fatalError, isSystemError, messageOf } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { makeRunId } from '../model/run-id.ts';
import type { HeldPipe } from '../proc/held-pipe.ts';
import { stockSpares } from '../proc/spare-pipes.ts';
import { addActiveRun, removeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { sparePipes } from '../store/paths.ts';
import { homeOf } from '../store/run-home.ts';
import { makeStoreFolder } from '../store/store-folder.ts';
import type { Plan } from './plan.ts';
import type { RunRequest } from './request.ts';

/**
 * Makes a run known, before anything of it exists. Two that start in the same millisecond may get the same id: the second
 * one takes another.
 * @throws JciError (128) when nothing can be written, (3) when only another user may.
 */
export async function announceRun(repo: Repository, request: RunRequest): Promise<{ run: ActiveRun; life: HeldPipe }> {
  const run = newActiveRun(repo, request);
  try {
    makeStoreFolder(repo, request.gitConfig);
    await stockSpares(sparePipes(repo.commonDir), pipesOfRun, repo.ctx.env, () => repo.ctx.randomHex(8));
    const life = addActiveRun(repo.commonDir, run);
    return life === undefined ? await announceRun(repo, request) : { run, life };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    removeActiveRun(repo.commonDir, run);
    throw fatalError(`nothing can be written to ${repo.commonDir}: ${messageOf(error)}`, {
      hint: 'a run needs a repository that can be written to, with room on its disk',
      cause: error,
    });
  }
}

/** Its sign of life, and the one for its output. */
const pipesOfRun = 2;

/** What the record of a run says of its plan. */
export const asPlanned = ({ facts, branch, dirty, where }: Plan): Pick<ActiveRun, 'commit' | 'tree' | 'script' | 'branch' | 'dirty' | 'clean'> => ({
  commit: facts.commit,
  tree: facts.tree,
  script: facts.script,
  branch: branch ?? null,
  dirty,
  clean: where === 'worktree',
});

/** The record of a run that has been asked for and has nothing yet: no slot, no tree, no output directory. */
function newActiveRun(repo: Repository, request: RunRequest): ActiveRun {
  const { ctx } = repo;
  const now = ctx.now();
  return {
    version: 1,
    ...asPlanned(request),
    runId: makeRunId(now, ctx.random()),
    trigger: request.trigger,
    shared: [],
    startedAt: new Date(now).toISOString(),
    host: ctx.host,
    user: ctx.user,
    home: homeOf(repo.commonDir),
    owner: request.self,
    workTree: repo.workTree ?? '',
    outputDir: '',
    phase: 'waiting',
    ...(request.rerunOf === undefined ? {} : { rerunOf: request.rerunOf }),
    ...(request.job === undefined ? {} : { job: request.job }),
    ...(request.sign ? { sign: true } : {}),
  };
}
