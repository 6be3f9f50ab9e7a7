import { git, tryGit } from './exec.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { Repository } from './repository.ts';
import { walkHistory } from './revisions.ts';

/** Those of the commits that are in the history of `tip`. */
export async function commitsInHistory(repo: Repository, tip: ObjectId, commits: ReadonlySet<ObjectId>): Promise<Set<ObjectId>> {
  if (commits.size === 0) return new Set();
  const [here, beyond] = await Promise.all([existing(repo, commits), commitsBeyondHistory(repo, tip, commits)]);
  return new Set([...here].filter((id) => !beyond.has(id)));
}

/**
 * Commits that are not in the history of `tip`, among them all of the given ones of which that is true and that are here.
 *
 * As `git log tip..commits` finds them: that goes no further back than to the oldest of the commits, where a walk through
 * the history would go to its end for the sake of one commit of another branch.
 */
export async function commitsBeyondHistory(repo: Repository, tip: ObjectId, commits: ReadonlySet<ObjectId>): Promise<ReadonlySet<ObjectId>> {
  const input = `^${tip}\n${lines(commits)}`;
  const { exitCode, stdout } = await tryGit(repo, ['rev-list', '--ignore-missing', '--stdin'], { input });
  // The history of another branch may be damaged, which is no matter of this one.
  return exitCode === 0 ? new Set(stdout.toString('latin1').split('\n')) : walk(repo, tip, commits);
}

async function walk(repo: Repository, tip: ObjectId, commits: ReadonlySet<ObjectId>): Promise<Set<ObjectId>> {
  const beyond = new Set(commits);
  await walkHistory(repo, tip, (id) => {
    beyond.delete(id);
    return beyond.size > 0;
  });
  return beyond;
}

async function existing(repo: Repository, ids: ReadonlySet<ObjectId>): Promise<ObjectId[]> {
  const output = await git(repo, ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], { input: lines(ids) });
  return output.toString('latin1').split('\n').filter((line) => line.endsWith(' commit')).map((line) => line.slice(0, -' commit'.length));
}

const lines = (ids: Iterable<ObjectId>): string => [...ids].map((id) => `${id}\n`).join('');
