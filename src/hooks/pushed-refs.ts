import { fatalError } from '../base/errors.ts';
import { isObjectId, type ObjectId } from '../model/object-id.ts';

/** A ref that a push is about to change, as git tells the pre-push hook. */
export interface PushedRef {
  /** `refs/heads/topic`, `HEAD`, or whatever was written before the colon, such as `HEAD^{/two words}`; `(delete)`. */
  localRef: string;
  localId: ObjectId;
  remoteRef: string;
  remoteId: ObjectId;
}

/** A commit that a push is about to make the tip of a branch. */
export interface PushedTip {
  commit: ObjectId;
  /** The branches over there, without `refs/heads/`. */
  branches: readonly string[];
}

/**
 * Reads what git writes to the hook: a line `<local ref> <local id> <remote ref> <remote id>` for each ref.
 * @throws JciError (128) for anything else: a gate that does not understand does not open.
 */
export function parsePushedRefs(input: string): PushedRef[] {
  return input
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, localRef = '', localId = '', remoteRef = '', remoteId = ''] = /^(.*) (\S+) (\S+) (\S+)$/.exec(line) ?? [];
      if (!isObjectId(localId) || !isObjectId(remoteId)) {
        throw fatalError(`pre-push: this line of git is not understood: '${line}'`, { hint: 'git push --no-verify' });
      }
      return { localRef, localId, remoteRef, remoteId };
    });
}

/**
 * What is judged: the new tip of each branch, once. Deleted branches have none; tags name what is on a branch or is
 * nobody's verdict; run refs, notes and the rest hold no source.
 */
export function pushedTips(refs: readonly PushedRef[]): PushedTip[] {
  const branches = new Map<ObjectId, string[]>();
  for (const { localId, remoteRef } of refs) {
    if (!remoteRef.startsWith(branchPrefix) || /^0+$/.test(localId)) continue;
    branches.set(localId, [...(branches.get(localId) ?? []), remoteRef.slice(branchPrefix.length)]);
  }
  return [...branches].map(([commit, names]) => ({ commit, branches: names }));
}

const branchPrefix = 'refs/heads/';
