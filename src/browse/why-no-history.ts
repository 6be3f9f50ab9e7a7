import { refusal, usageError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { findCommit, listCommits, noHead } from '../git/revisions.ts';

/** Tells why `git log` failed. @param said git's last words. */
export async function whyNoHistory(repo: Repository, revisions: readonly string[], said: string): Promise<Error> {
  const fromHead = revisions.length === 0 || revisions.includes('HEAD');
  if (fromHead && (await findCommit(repo, 'HEAD')) === undefined) return noHead(repo);
  return /bad revision|bad object|only has \d+ entries/.test(said) ? refusal(said, { hint: listCommits }) : usageError(said);
}
