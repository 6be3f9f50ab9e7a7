import type { Trust } from '../config/settings.ts';
import { readConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import { goodSignature, readSignatures } from '../git/signatures.ts';
import type { StoredRunRef } from './run-list.ts';

/** Verifying a signature starts gpg: the newest results decide, not hundreds of old ones. */
const verifiedAtOnce = 20;

/**
 * The first of these results that counts under `jci.trust`: any, one committed by this user, or one with a good signature.
 */
export async function firstTrusted(
  repo: Repository,
  runs: readonly StoredRunRef[],
  trust: Trust,
): Promise<StoredRunRef | undefined> {
  if (trust === 'any') return runs[0];
  const own = trust === 'own' ? await ownEmail(repo) : undefined;
  for (let start = 0; start < runs.length; start += verifiedAtOnce) {
    const some = runs.slice(start, start + verifiedAtOnce);
    const signatures = await readSignatures(repo, some.map(({ result }) => result), trust === 'signed');
    const found = some.find(({ result }) => {
      const signature = signatures.get(result);
      return trust === 'own' ? signature?.committer === own : signature?.state === goodSignature;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

async function ownEmail(repo: Repository): Promise<string> {
  const config = await readConfig(repo);
  const known = config.get('committer.email') ?? config.get('user.email');
  return repo.env['GIT_COMMITTER_EMAIL'] ?? known?.at(-1) ?? 'git-jci@localhost';
}
