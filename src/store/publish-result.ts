import { fatalError } from '../base/errors.ts';
import { createRefOnceKnown, listRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { runRef, type RunKey } from '../model/run-ref.ts';

/**
 * Publishes a result under its run ref, if nobody has that name.
 * @param commit may still be on its way: git is started meanwhile, and waits for it.
 * @returns false when the ref exists already: the caller takes another run id.
 * @throws JciError (128) when git cannot write refs.
 */
export async function publishResult(repo: Repository, key: RunKey, commit: Promise<ObjectId>): Promise<boolean> {
  const ref = runRef(key);
  const refused = await createRefOnceKnown(repo, ref, commit);
  if (refused === undefined) return true;
  const [taken] = await listRefs(repo, [ref]);
  if (taken !== undefined) return false;
  throw fatalError(`the ref ${ref} could not be written: ${refused}`);
}
