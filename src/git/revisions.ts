import { fatalError, refusal, usageError } from '../base/errors.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { shortId, type ObjectId } from '../model/object-id.ts';
import { git, lastWords, tryGit } from './exec.ts';
import { resolveObjects } from './objects.ts';
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

/**
 * Resolves a revision with one git process; `undefined` if there is no such commit.
 * @throws JciError (usage) for text that cannot be a revision.
 */
export async function findCommit(repo: Repository, revision: string): Promise<CommitFacts | undefined> {
  const rev = checkRevision(revision);
  const [commit, tree, script] = await resolveObjects(repo, [`${rev}^{commit}`, `${rev}^{tree}`, `${rev}^{commit}:.jci/run.sh`]);
  if (commit?.type !== 'commit' || tree?.type !== 'tree') return undefined;
  return { commit: commit.id, tree: tree.id, script: script?.type === 'blob' ? script.id : undefined };
}

/**
 * Resolves a revision.
 * @throws JciError (3) if there is no such commit, (usage) for text that cannot be a revision.
 */
export async function getCommit(repo: Repository, revision: string): Promise<CommitFacts> {
  const found = await findCommit(repo, revision);
  if (found === undefined) {
    throw refusal(`no commit is called '${revision}'`, { hint: 'list what there is with: git log --oneline --all' });
  }
  return found;
}

/** Says so if HEAD's commit is there and cannot be read: that is something else than a branch without a commit. */
export async function refuseUnreadableHead(repo: Repository): Promise<void> {
  const { exitCode, stdout } = await tryGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (exitCode !== 0) return;
  throw fatalError(`git cannot read HEAD's commit ${shortId(stdout.toString('latin1'))}: the repository is damaged`, { hint: 'git fsck --full' });
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
  let rest = '';
  const onStdout = (chunk: Buffer): void => {
    const ids = (rest + chunk.toString('latin1')).split('\n');
    rest = ids.pop() ?? '';
    if (!stop.signal.aborted && !ids.every(onCommit)) stop.abort();
  };
  const result = await tryGit(repo, ['rev-list', commit], { onStdout, signal: stop.signal });
  if (!stop.signal.aborted && result.exitCode !== 0) await git(repo, ['rev-list', '--max-count=1', commit]);
}

/** The branch that HEAD is on, also while it has no commit; `undefined` when detached. */
export async function currentBranch(repo: Repository): Promise<string | undefined> {
  const result = await tryGit(repo, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return result.exitCode === 0 ? result.stdout.toString('utf8').trim() : undefined;
}
