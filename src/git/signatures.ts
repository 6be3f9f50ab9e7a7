import type { ObjectId } from '../model/object-id.ts';
import { git, type GitPlace } from './exec.ts';

/** What git says of a commit's signature. */
export interface Signature {
  /** Git's `%G?`: G good, U good but of unknown validity, B bad, X Y R expired or revoked, E cannot be checked, N none. */
  state: string;
  signer: string;
  key: string;
}

/** The signatures of many commits with one git process, which asks gpg once for each signed one. */
export async function readSignatures(place: GitPlace, commits: readonly ObjectId[]): Promise<Map<ObjectId, Signature>> {
  const signatures = new Map<ObjectId, Signature>();
  if (commits.length === 0) return signatures;
  // Whoever makes a commit writes names as they like, only without NUL: nothing in them may pass for another field.
  const fields = ['%H', '%G?', '%GS', '%GK'];
  // git reads stdin when it comes to `--stdin`: what stands after it has no effect on the ids.
  const args = ['log', '--no-walk=unsorted', '--ignore-missing', '--no-show-signature', '--stdin', '-z', `--format=${fields.join('%x00')}`];
  const values = (await git(place, args, { input: `${commits.join('\n')}\n` })).toString('utf8').split('\0');
  for (let start = 0; start + fields.length < values.length; start += fields.length) {
    const [id = '', state = '', signer = '', key = ''] = values.slice(start, start + fields.length);
    signatures.set(id, { state, signer, key });
  }
  return signatures;
}

/** Git's letter for a signature that it verified and whose key is trusted. */
export const goodSignature = 'G';
