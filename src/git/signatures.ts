import type { ObjectId } from '../model/object-id.ts';
import { git, type GitPlace } from './exec.ts';

/** What git says of a commit's signature. */
export interface Signature {
  /** Git's `%G?`: G good, U good but of unknown validity, B bad, X Y R expired or revoked, E cannot be checked, N none. */
  state: string;
  signer: string;
  key: string;
  committer: string;
}

/**
 * The committers and, on request, the signatures of many commits with one git process (which asks gpg once for each signed
 * one).
 */
export async function readSignatures(
  place: GitPlace,
  commits: readonly ObjectId[],
  verify: boolean,
): Promise<Map<ObjectId, Signature>> {
  const signatures = new Map<ObjectId, Signature>();
  if (commits.length === 0) return signatures;
  const format = `--format=%H%x1f%ce%x1f${verify ? '%G?%x1f%GS%x1f%GK' : ''}`;
  // git reads stdin when it comes to `--stdin`: what stands after it has no effect on the ids.
  const args = ['log', '--no-walk=unsorted', '--ignore-missing', '--stdin', '-z', format];
  const output = await git(place, args, { input: `${commits.join('\n')}\n` });
  for (const entry of output.toString('utf8').split('\0')) {
    const [id = '', committer = '', state = '', signer = '', key = ''] = entry.trim().split('\u001f');
    if (id !== '') signatures.set(id, { state, signer, key, committer });
  }
  return signatures;
}

/** Git's letter for a signature that it verified and whose key is trusted. */
export const goodSignature = 'G';
