import type { Trust } from '../config/settings.ts';
import { readConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import { goodSignature, readSignatures, type Signature } from '../git/signatures.ts';
import type { StoredRunRef } from './run-list.ts';

/**
 * Of each list, the first result that counts under `jci.trust`: any, one committed by this user, or one with a good
 * signature.
 *
 * The lists go on together, so that there is one git process for a step of all of them.
 */
export async function firstTrustedOfEach(
  repo: Repository,
  lists: readonly (readonly StoredRunRef[])[],
  trust: Trust,
): Promise<(StoredRunRef | undefined)[]> {
  if (trust === 'any') return lists.map(([first]) => first);
  const isTrusted = trust === 'own' ? committedBy(await ownEmail(repo)) : isWellSigned;
  const found: (StoredRunRef | undefined)[] = lists.map(() => undefined);
  let start = 0;
  for (let step = firstStep; found.some((one, index) => one === undefined && start < (lists[index]?.length ?? 0)); step *= stepGrowth) {
    const parts = lists.map((runs, index) => (found[index] === undefined ? runs.slice(start, start + step) : []));
    const results = new Set(parts.flatMap((runs) => runs.map(({ result }) => result)));
    const signatures = await readSignatures(repo, [...results], trust === 'signed');
    for (const [index, runs] of parts.entries()) found[index] ??= runs.find(({ result }) => isTrusted(signatures.get(result)));
    start += step;
  }
  return found;
}

/** Verifying a signature starts gpg: the newest results decide mostly, not hundreds of old ones. */
const firstStep = 1;
const stepGrowth = 4;

const isWellSigned = (signature: Signature | undefined): boolean => signature?.state === goodSignature;

const committedBy =
  (email: string) =>
  (signature: Signature | undefined): boolean =>
    signature?.committer === email;

async function ownEmail(repo: Repository): Promise<string> {
  const config = await readConfig(repo);
  const known = config.get('committer.email') ?? config.get('user.email');
  return repo.env['GIT_COMMITTER_EMAIL'] ?? known?.at(-1) ?? 'git-jci@localhost';
}
