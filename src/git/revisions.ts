import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fatalError, refusal, usageError } from '../base/errors.ts';
import { isBranchName } from '../model/branch-name.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { shortId, type ObjectId } from '../model/object-id.ts';
import { git, lastWords, tryGit } from './exec.ts';
import { resolveObjects } from './objects.ts';
import { createRecordSplitter } from './record-splitter.ts';
import type { Repository } from './repository.ts';

/**
 * Refuses text that git could read as an option or as several lines; everything else is git's to judge.
 * @throws JciError (usage)
 */
export function checkRevision(text: string): string {
  if (text === '' || text.startsWith('-') || text.includes('\n')) {
    throw usageError(`'${text.replaceAll('\n', '\\n')}' is not a revision`, { hint: 'give a branch, a tag or a commit id' });
  }
  return text;
}

/** A commit, and how it was called. */
export interface NamedCommit {
  facts: CommitFacts;
  /** The local branch that the revision names, if it names one. */
  branch: string | undefined;
}

/**
 * Resolves a revision with one git process; `undefined` if there is no such commit.
 * @throws JciError (usage) for text that cannot be a revision.
 */
export const findCommit = async (repo: Repository, revision: string): Promise<CommitFacts | undefined> =>
  (await resolve(repo, checkRevision(revision), undefined))?.facts;

/**
 * Resolves a revision.
 * @throws JciError (3) if there is no such commit, (128) if HEAD has none yet, (usage) for text that cannot be a revision.
 */
export const getCommit = async (repo: Repository, revision: string): Promise<CommitFacts> =>
  (await findCommit(repo, revision)) ?? noSuchCommit(repo, revision);

/** The commit of a revision; without one that of HEAD, which is known since the repository was found. */
export const getCommitOrHead = async (repo: Repository, revision: string | undefined): Promise<CommitFacts> =>
  revision === undefined && repo.head !== undefined ? repo.head : getCommit(repo, revision ?? 'HEAD');

/** The same, and whether it is the name of a local branch: `topic` and `refs/heads/topic`, but not `topic~0`. */
export const getNamedCommit = async (repo: Repository, revision: string): Promise<NamedCommit> =>
  (await findNamedCommit(repo, revision)) ?? noSuchCommit(repo, revision);

function findNamedCommit(repo: Repository, revision: string): Promise<NamedCommit | undefined> {
  const name = checkRevision(revision).replace(/^refs\/heads\//, '');
  return resolve(repo, revision, isBranchName(name) ? name : undefined);
}

async function resolve(repo: Repository, rev: string, name: string | undefined): Promise<NamedCommit | undefined> {
  const names = [`${rev}^{commit}`, `${rev}^{tree}`, `${rev}^{commit}:.jci/run.sh`, ...(name === undefined ? [] : [`refs/heads/${name}`])];
  const [commit, tree, script, tip] = await resolveObjects(repo, names);
  if (commit?.type !== 'commit' || tree?.type !== 'tree') return undefined;
  const facts = { commit: commit.id, tree: tree.id, script: script?.type === 'blob' ? script.id : undefined };
  return { facts, branch: tip?.id === commit.id ? name : undefined };
}

async function noSuchCommit(repo: Repository, revision: string): Promise<never> {
  if (revision === 'HEAD') throw await noHead(repo);
  throw refusal(`no commit is called '${revision}'`, { hint: listCommits });
}

/** The hint for whoever names a commit that is not there. */
export const listCommits = 'list what there is with: git log --oneline --all';

/** Why HEAD is no commit that can be read: there is none yet on its branch, or the repository is damaged. Exit 128 for both. */
export async function noHead(repo: Repository): Promise<Error> {
  const { exitCode, stdout } = await tryGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (exitCode !== 0) return fatalError('there is no commit yet, and results are those of commits', { hint: 'git commit, then: git jci run' });
  return fatalError(`git cannot read HEAD's commit ${shortId(stdout.toString('latin1'))}: the repository is damaged`, { hint: 'git fsck --full' });
}

/** True for `a..b`, `a...b`, `^a b` and the like: several commits, not one. */
export const isRange = (text: string): boolean => text.includes('..') || text.startsWith('^');

/**
 * The commits of a range, oldest first.
 * @throws JciError (3) when git does not understand it.
 */
export async function listRange(repo: Repository, range: string): Promise<ObjectId[]> {
  const revision = checkRevision(range);
  const args = ['rev-list', '--reverse', '--topo-order', '--end-of-options', revision, '--'];
  const result = await tryGit(repo, args);
  if (result.exitCode !== 0) throw refusal(`'${range}' is not a range of commits: ${lastWords(result.stderr)}`);
  return result.stdout.toString('utf8').split('\n').filter(Boolean);
}

/** Streams the ids of a revision's history, newest first; `onCommit` returns false to stop. */
export async function walkHistory(repo: Repository, commit: ObjectId, onCommit: (id: ObjectId) => boolean): Promise<void> {
  const stop = new AbortController();
  const lines = createRecordSplitter('\n');
  const onStdout = (chunk: Buffer): void => {
    const ids = lines.take(chunk);
    if (!stop.signal.aborted && !ids.every(onCommit)) stop.abort();
  };
  const result = await tryGit(repo, ['rev-list', commit], { onStdout, signal: stop.signal });
  if (!stop.signal.aborted && result.exitCode !== 0) await git(repo, ['rev-list', '--max-count=1', commit]);
}

/** The branch that HEAD is on, also while it has no commit; `undefined` when detached. */
export async function currentBranch(repo: Repository): Promise<string | undefined> {
  const known = branchInFile(join(repo.gitDir, 'HEAD'));
  if (known !== undefined) return known;
  const result = await tryGit(repo, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return result.exitCode === 0 ? result.stdout.toString('utf8').trim() : undefined;
}

/** Spares a git process. Where it tells nothing (detached, a symbolic link, another storage of refs) git has to say. */
function branchInFile(path: string): string | undefined {
  const name = /^ref: refs\/heads\/([^\n]+)\n$/.exec(readFileSync(path, 'utf8'))?.[1];
  return name !== undefined && isBranchName(name) ? name : undefined;
}

/**
 * The local branch that a run of this commit belongs to: the one that was named, else the current one if the commit is in
 * its history. One git process at most, and none for a branch or HEAD.
 */
export async function branchOf(repo: Repository, { facts, branch }: NamedCommit): Promise<string | undefined> {
  if (branch !== undefined || repo.head === undefined) return branch;
  const current = await currentBranch(repo);
  if (current === undefined || facts.commit === repo.head.commit) return current;
  const { exitCode } = await tryGit(repo, ['merge-base', '--is-ancestor', facts.commit, repo.head.commit]);
  return exitCode === 0 ? current : undefined;
}

/** The same for the commits of a range: that of its tip. None for `a...b`, which has two. */
export async function branchOfRange(repo: Repository, range: string): Promise<string | undefined> {
  // As git reads it, the first two dots count.
  const dots = range.indexOf('..');
  if (dots < 0 || range.startsWith('...', dots)) return undefined;
  const tip = await findNamedCommit(repo, range.slice(dots + 2) || 'HEAD');
  return tip === undefined ? undefined : branchOf(repo, tip);
}
