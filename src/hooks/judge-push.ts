import type { Settings } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import { findCommit } from '../git/revisions.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { listRunsOf, readSummaries } from '../store/run-list.ts';
import { verdictOf } from '../store/verdict.ts';
import type { PushedTip } from './pushed-refs.ts';

/** Why a commit may not be pushed, or that it may. */
export type Judgement =
  | { kind: 'passed' }
  /** No `.jci/run.sh` in it: there is nothing that could pass. */
  | { kind: 'untestable' }
  | { kind: 'failed'; runId: string }
  | { kind: 'running'; live: ActiveRun }
  /** It ran, but with uncommitted changes. */
  | { kind: 'dirty only' }
  | { kind: 'none' };

export interface JudgedTip extends PushedTip {
  judgement: Judgement;
}

/** Looks up the verdict on every commit that is about to become the tip of a branch. */
export async function judgeTips(repo: Repository, tips: readonly PushedTip[], settings: Settings): Promise<JudgedTip[]> {
  const judged: JudgedTip[] = [];
  for (const tip of tips) judged.push({ ...tip, judgement: await judge(repo, tip.commit, settings) });
  return judged;
}

export const mayPass = ({ judgement }: JudgedTip): boolean => judgement.kind === 'passed' || judgement.kind === 'untestable';

async function judge(repo: Repository, commit: ObjectId, settings: Settings): Promise<Judgement> {
  const facts = await findCommit(repo, commit);
  if (facts?.script === undefined) return { kind: 'untestable' };
  const found = await verdictOf(repo, facts, settings);
  if (found.verdict === 'failed') return { kind: 'failed', runId: found.run.runId };
  if (found.verdict === 'running') return { kind: 'running', live: found.live };
  if (found.verdict === 'passed') return { kind: 'passed' };
  return { kind: (await hasDirtyRun(repo, commit)) ? 'dirty only' : 'none' };
}

async function hasDirtyRun(repo: Repository, commit: ObjectId): Promise<boolean> {
  const runs = await listRunsOf(repo, [commit]);
  const summaries = await readSummaries(repo, runs);
  return runs.some(({ result }) => summaries.get(result)?.dirty === true);
}
