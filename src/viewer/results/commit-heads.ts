import { readCommitHead, type CommitHead } from '../../git/commit-head.ts';
import type { ObjectSession } from '../../git/object-session.ts';
import type { ObjectId } from '../../model/object-id.ts';

/** Reads commits, by position; `undefined` for one that is not here, is no commit, or is too big. */
export async function readCommitHeads(objects: ObjectSession, commits: readonly ObjectId[]): Promise<(CommitHead | undefined)[]> {
  const answers = await objects.read(commits);
  return answers.map((answer) => (answer?.type === 'commit' && answer.body !== undefined ? readCommitHead(answer.body) : undefined));
}

/** The blobs of `.jci/run.sh` in these commits, by position. */
export async function readScriptIds(objects: ObjectSession, commits: readonly ObjectId[]): Promise<(ObjectId | undefined)[]> {
  return (await objects.read(commits.map((commit) => `${commit}:.jci/run.sh`))).map((answer) => answer?.id);
}
