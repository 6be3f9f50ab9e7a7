import { refusal } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { findCommit, noHead } from '../git/revisions.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst, isRunId, isRunIdPrefix } from '../model/run-id.ts';
import { shortId } from '../model/object-id.ts';
import type { RunKey } from '../model/run-ref.ts';
import { isAlive } from '../proc/process-id.ts';
import { listActiveRuns, type ActiveRun } from './active-run.ts';
import { listRunsById, listRunsOf, listStoredRuns, type StoredRunRef } from './run-list.ts';

/** A run, stored or under way. */
export type FoundRun = { kind: 'stored'; run: StoredRunRef } | { kind: 'live'; run: ActiveRun };

/** Every run there is, newest first. */
export async function listAllRuns(repo: Repository): Promise<FoundRun[]> {
  const [stored, live] = await Promise.all([listStoredRuns(repo), listLiveRuns(repo)]);
  return mergeRuns(stored, live);
}

/** @param stored newest first. */
export function mergeRuns(stored: readonly StoredRunRef[], live: readonly ActiveRun[]): FoundRun[] {
  const found = stored.map((run): FoundRun => ({ kind: 'stored', run }));
  if (live.length === 0) return found;
  return [...live.map((run): FoundRun => ({ kind: 'live', run })), ...found].sort((a, b) => compareNewestFirst(a.run.runId, b.run.runId));
}

/** The runs of these commits, newest first. */
export async function listAllRunsOf(repo: Repository, commits: ReadonlySet<ObjectId>): Promise<FoundRun[]> {
  const [stored, live] = await Promise.all([listRunsOf(repo, [...commits]), listLiveRuns(repo)]);
  return mergeRuns(stored, live.filter(({ commit }) => commits.has(commit)));
}

/** Active runs whose git jci lives. On another host of a shared repository that cannot be known: they count as live. */
export async function listLiveRuns(repo: Repository): Promise<ActiveRun[]> {
  const { host, platform } = repo.ctx;
  const active = listActiveRuns(repo.commonDir);
  const lives = await Promise.all(active.map(async (run) => run.host !== host || isAlive(run.owner, platform)));
  return active.filter((_, index) => lives[index]);
}

/**
 * Finds the run that a `<run>` argument names: a run id, a unique prefix of one, `<rev>` (its latest run) or `<rev>:<n>`
 * (nth latest, `:1` is the latest); nothing means HEAD's latest.
 * @throws JciError (3) when there is none, or more than one, (128) when HEAD has no commit yet.
 */
export async function findRun(repo: Repository, text: string | undefined): Promise<FoundRun> {
  const byId = text !== undefined && isRunIdPrefix(text) ? await findById(repo, text) : undefined;
  return byId ?? findByRevision(repo, text ?? 'HEAD');
}

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

async function findByRevision(repo: Repository, text: string): Promise<FoundRun> {
  const nth = /^(.*):(\d{1,6})$/.exec(text);
  const revision = (nth?.[1] ?? text) || 'HEAD';
  const position = Number(nth?.[2] ?? 1);
  const facts = revision === 'HEAD' && repo.head !== undefined ? repo.head : await findCommit(repo, revision);
  if (facts === undefined) throw revision === 'HEAD' ? await noHead(repo) : notARun(text);
  const ofCommit = await listAllRunsOf(repo, new Set([facts.commit]));
  const found = ofCommit[position - 1];
  if (found === undefined) throw noSuchRun(revision, facts.commit, position, ofCommit.length);
  return found;
}

const notARun = (text: string): Error => refusal(`'${text}' is neither a run nor a commit`, { hint: 'list the runs with: git jci ls --all' });

function noSuchRun(revision: string, commit: ObjectId, position: number, count: number): Error {
  const which = revision === 'HEAD' ? `HEAD (${shortId(commit)})` : `${revision} (${shortId(commit)})`;
  if (count === 0) return refusal(`${which} has no runs`, { hint: `git jci run${revision === 'HEAD' ? '' : ` ${revision}`}` });
  return refusal(`${which} has ${count} ${count === 1 ? 'run' : 'runs'}: there is no number ${position}`, { hint: `git jci ls ${revision}` });
}

/**
 * Finds a run whose result can be read.
 * @throws JciError (3) when it is still running.
 */
export async function findStoredRun(repo: Repository, text: string | undefined): Promise<StoredRunRef> {
  const found = await findRun(repo, text);
  if (found.kind === 'stored') return found.run;
  throw refusal(`run ${found.run.runId} is not over yet`, { hint: `follow it with: git jci logs -f ${found.run.runId}` });
}
