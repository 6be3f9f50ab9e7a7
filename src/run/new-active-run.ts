import type { Repository } from '../git/repository.ts';
import { makeRunId } from '../model/run-id.ts';
import type { ActiveRun } from '../store/active-run.ts';
import type { RunRequest } from './request.ts';

/** The record of a run that has been asked for and has nothing yet: no slot, no tree, no output directory. */
export function newActiveRun(repo: Repository, request: RunRequest): ActiveRun {
  const { ctx } = repo;
  const now = ctx.now();
  return {
    version: 1,
    commit: request.facts.commit,
    runId: makeRunId(now, ctx.random()),
    tree: request.facts.tree,
    script: request.facts.script,
    branch: request.branch ?? null,
    trigger: request.trigger,
    dirty: request.dirty,
    clean: request.where === 'worktree',
    shared: [],
    startedAt: new Date(now).toISOString(),
    host: ctx.host,
    user: ctx.user,
    owner: request.self,
    workTree: repo.workTree ?? '',
    outputDir: '',
    phase: 'waiting',
    ...(request.rerunOf === undefined ? {} : { rerunOf: request.rerunOf }),
    ...(request.job === undefined ? {} : { job: request.job }),
    ...(request.sign ? { sign: true } : {}),
  };
}
