import { fatalError } from '../base/errors.ts';
import type { Env } from '../base/context.ts';
import { gitText } from '../git/exec.ts';
import { changeRefs, durableWrites, listRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { runRef, type RunKey } from '../model/run-ref.ts';

export interface CommitOptions {
  tree: ObjectId;
  message: string;
  /** With the user's own git signing setup. */
  sign: boolean;
  /** Added to the environment where git does not know who commits. */
  identity: Env;
}

/**
 * Makes the parentless result commit.
 * @throws JciError (128) when git cannot write or sign it.
 */
export async function commitResult(repo: Repository, options: CommitOptions): Promise<ObjectId> {
  const { tree, message, sign, identity } = options;
  const args = [...durableWrites, 'commit-tree', sign ? '-S' : '--no-gpg-sign', '-F', '-', tree];
  return gitText(repo, args, { input: message, env: identity });
}

/**
 * Publishes a result under its run ref, if nobody has that name.
 * @returns false when the ref exists already: the caller takes another run id.
 * @throws JciError (128) when git cannot write refs.
 */
export async function publishResult(repo: Repository, key: RunKey, commit: ObjectId): Promise<boolean> {
  const ref = runRef(key);
  const refused = await changeRefs(repo, [{ ref, create: commit }]);
  if (refused === undefined) return true;
  const [taken] = await listRefs(repo, [ref]);
  if (taken !== undefined) return false;
  throw fatalError(`the ref ${ref} could not be written: ${refused}`);
}
