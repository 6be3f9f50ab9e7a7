import type { Trust } from '../config/settings.ts';
import type { Repository } from '../git/repository.ts';
import { goodSignature, readSignatures } from '../git/signatures.ts';
import { readOwnResults } from './own-results.ts';
import type { StoredRunRef } from './run-list.ts';

/** By position, a result for each list. */
type FirstOfEach = (StoredRunRef | undefined)[];

/** Of each list, the first result that counts under `jci.trust`: any, one made in this clone, or one with a good signature. */
export async function firstTrustedOfEach(repo: Repository, lists: readonly (readonly StoredRunRef[])[], trust: Trust): Promise<FirstOfEach> {
  if (trust === 'any') return lists.map(([first]) => first);
  if (trust === 'signed') return firstSignedOfEach(repo, lists);
  const own = readOwnResults(repo.commonDir);
  return lists.map((runs) => runs.find(({ result }) => own.has(result)));
}

/** Verifying a signature starts gpg: the newest results decide mostly, not hundreds of old ones. */
const firstStep = 1;
const stepGrowth = 4;

/** The lists go on together, so that there is one git process for a step of all of them. */
async function firstSignedOfEach(repo: Repository, lists: readonly (readonly StoredRunRef[])[]): Promise<FirstOfEach> {
  const found: FirstOfEach = lists.map(() => undefined);
  let start = 0;
  for (let step = firstStep; found.some((one, index) => one === undefined && start < (lists[index]?.length ?? 0)); step *= stepGrowth) {
    const parts = lists.map((runs, index) => (found[index] === undefined ? runs.slice(start, start + step) : []));
    const results = new Set(parts.flatMap((runs) => runs.map(({ result }) => result)));
    const signatures = await readSignatures(repo, [...results]);
    for (const [index, runs] of parts.entries()) found[index] ??= runs.find(({ result }) => signatures.get(result)?.state === goodSignature);
    start += step;
  }
  return found;
}
