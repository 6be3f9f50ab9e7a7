import { refusal } from '../base/errors.ts';
import { loadSettings } from '../config/load.ts';
import type { Repository } from '../git/repository.ts';
import { findCommit, noHead } from '../git/revisions.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { shortId } from '../model/object-id.ts';
import { isRunId, isRunIdPrefix, type RunId } from '../model/run-id.ts';
import type { RunKey } from '../model/run-ref.ts';
import { listAllRunsOf, listLiveRuns, mergeRuns, type FoundRun } from './all-runs.ts';
import { listRunsById, type StoredRunRef } from './run-list.ts';
import { sameTree } from './same-tree.ts';
import { verdictOf } from './verdict.ts';

/**
 * Finds the run that a `<run>` argument names: a run id, a unique prefix of one, `<rev>` (its latest run) or `<rev>:<n>`
 * (nth latest, `:1` is the latest); nothing means HEAD's latest.
 * @param instead the same command for another run: that of the same tree, if the commit has none.
 * @throws JciError (3) when there is none, or more than one, (128) when HEAD has no commit yet.
 */
export async function findRun(repo: Repository, text: string | undefined, instead: Instead = showIt): Promise<FoundRun> {
  const byId = text !== undefined && isRunIdPrefix(text) ? await findById(repo, text) : undefined;
  return byId ?? findByRevision(repo, text ?? 'HEAD', instead);
}

/** A command to type, for a run. */
export type Instead = (runId: RunId) => string;

const showIt: Instead = (runId) => `git jci show ${runId}`;

/** Full ids win over prefixes; the same id may stand under two commits. */
async function findById(repo: Repository, text: string): Promise<FoundRun | undefined> {
  const fits = ({ runId }: RunKey): boolean => (isRunId(text) ? runId === text : runId.startsWith(text));
  const [stored, live] = await Promise.all([listRunsById(repo, text), listLiveRuns(repo)]);
  const matches = mergeRuns(stored.filter(fits), live.filter(fits));
  if (matches.length > 1) {
    const list = matches.slice(0, 5).map(({ run }) => `${run.runId} of ${shortId(run.commit)}`);
    throw refusal(`'${text}' fits ${matches.length} runs: ${list.join(', ')}${matches.length > 5 ? ', ...' : ''}`, {
      hint: isRunId(text) ? 'name it by its commit: <commit>:1' : 'give more digits',
    });
  }
  return matches[0];
}

async function findByRevision(repo: Repository, text: string, instead: Instead): Promise<FoundRun> {
  const nth = /^(.*):(\d{1,6})$/.exec(text);
  const revision = (nth?.[1] ?? text) || 'HEAD';
  const position = Number(nth?.[2] ?? 1);
  const facts = revision === 'HEAD' && repo.head !== undefined ? repo.head : await findCommit(repo, revision);
  if (facts === undefined) throw revision === 'HEAD' ? await noHead(repo) : notARun(text);
  const ofCommit = await listAllRunsOf(repo, new Set([facts.commit]));
  const found = ofCommit[position - 1];
  if (found !== undefined) return found;
  const which = `${revision} (${shortId(facts.commit)})`;
  if (ofCommit.length === 0) throw await noRuns(repo, revision, which, facts, instead);
  throw refusal(`${which} has ${ofCommit.length} ${ofCommit.length === 1 ? 'run' : 'runs'}: there is no number ${position}`, { hint: `git jci ls ${revision}` });
}

const notARun = (text: string): Error => refusal(`'${text}' is neither a run nor a commit`, { hint: 'list the runs with: git jci ls --all' });

/** A reworded or rebased commit has a verdict all the same: the error names that run. */
async function noRuns(repo: Repository, revision: string, which: string, facts: CommitFacts, instead: Instead): Promise<Error> {
  const { settings } = await loadSettings(repo);
  const known = await verdictOf(repo, facts, settings);
  const other = sameTree(known);
  if (other === undefined) return refusal(`${which} has no runs`, { hint: `git jci run${revision === 'HEAD' ? '' : ` ${revision}`}` });
  return refusal(`${which} has no runs of its own; ${other.words}`, { hint: instead(other.runId) });
}

/**
 * Finds a run whose result can be read, as `findRun` does.
 * @throws JciError (3) when it is still running.
 */
export async function findStoredRun(repo: Repository, text: string | undefined, instead?: Instead): Promise<StoredRunRef> {
  const found = await findRun(repo, text, instead);
  if (found.kind === 'stored') return found.run;
  throw refusal(`run ${found.run.runId} is not over yet`, { hint: `follow it with: git jci logs -f ${found.run.runId}` });
}
