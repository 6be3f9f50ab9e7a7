import { fatalError } from '../base/errors.ts';
import { readBoolean, type GitConfig } from '../git/config.ts';
import { findIdentity } from '../git/identity.ts';
import type { Repository } from '../git/repository.ts';
import { signingHint, whyUnsignable } from '../git/signing.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFolder } from '../store/paths.ts';

export interface SigningDecision {
  sign: boolean;
  /** Sentences for the log and the user. */
  notes: string[];
}

/**
 * Decides whether a result that somebody else's command stores is signed: as the run was asked to, unless the user has said
 * meanwhile that it need not be.
 *
 * Signing is tried on nothing first: the result may be large, and every command comes by here until it is stored.
 * @throws JciError (128) when it is to be signed and cannot be: it waits.
 */
export async function decideSigning(repo: Repository, run: ActiveRun, config: GitConfig): Promise<SigningDecision> {
  if (run.sign !== true) return { sign: false, notes: [] };
  if (isGivenUp(config)) return { sign: false, notes: ['it is not signed, though that was asked for: jci.sign is false now'] };
  const identity = findIdentity(repo.env, config);
  const why = await whyUnsignable(repo, repo.objectFormat, identity, activeFolder(repo.commonDir, run));
  if (why === undefined) return { sign: true, notes: [] };
  throw fatalError(`run ${run.runId} is not stored: it is to be signed, and git could not sign it: ${why}`, {
    hint: `its output is in ${run.outputDir}; ${signingHint}`,
  });
}

/** Only if it says so: a missing setting means nothing, since the run may have had a flag. */
const isGivenUp = (config: GitConfig): boolean => readBoolean(config.get('jci.sign')?.at(-1)) === false;
