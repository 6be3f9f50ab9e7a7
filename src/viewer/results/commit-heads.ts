import { readCommitHead, type CommitHead } from '../../git/commit-head.ts';
import type { ObjectSession } from '../../git/object-session.ts';
import { isGitlink, isTreeEntry, treeEntries } from '../../git/tree-entries.ts';
import type { ObjectId } from '../../model/object-id.ts';

/** Reads commits, by position; `undefined` for one that is not here, is no commit, or is too big. */
export async function readCommitHeads(objects: ObjectSession, commits: readonly ObjectId[]): Promise<(CommitHead | undefined)[]> {
  const answers = await objects.read(commits);
  return answers.map((answer) => (answer?.type === 'commit' && answer.body !== undefined ? readCommitHead(answer.body) : undefined));
}

/**
 * The blobs of `.jci/run.sh`, by position. Their folders are read, never they themselves: they may be large, or not be here.
 * @param trees commits or trees, by id or as git can be told of them.
 */
export async function readScriptIds(objects: ObjectSession, trees: readonly string[]): Promise<(ObjectId | undefined)[]> {
  const folders = await objects.read(trees.map((tree) => `${tree}:.jci`));
  return folders.map((folder) => (folder?.type === 'tree' && folder.body !== undefined ? scriptIn(folder.body, folder.id) : undefined));
}

function scriptIn(folder: Buffer, { length }: ObjectId): ObjectId | undefined {
  for (const entry of treeEntries(folder, length === 40 ? 'sha1' : 'sha256')) {
    if (entry.name === 'run.sh') return isTreeEntry(entry) || isGitlink(entry) ? undefined : entry.id;
  }
  return undefined;
}
