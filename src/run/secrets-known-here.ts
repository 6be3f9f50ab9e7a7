import { userMask } from '../config/settings.ts';
import type { GitConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';
import { createMasker } from '../output/mask.ts';
import { plainForms } from '../output/secret-forms.ts';
import { secretsFromEnv } from '../output/secrets-from-env.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { readSecretNotes } from './secret-notes.ts';

/**
 * What can be known of the secrets of a run that another process runs or ran: those in our own environment, whatever the
 * variables are called. The notes of the run say which those are, and whether there are others.
 */
export function secretsKnownHere(repo: Repository, run: ActiveRun, config: GitConfig): KnownSecrets {
  const noted = readSecretNotes(activeFiles(activeFolder(repo.commonDir, run)).secrets);
  const values = Object.values(repo.ctx.env).filter((value) => value !== undefined);
  const known = values.filter((value) => formsOf(value).some((form) => noted?.include(form)));
  const masker = createMasker([...secretsFromEnv(repo.ctx.env, userMask(config)), ...known]);
  return { ...masker, areAll: noted?.areAllOf(known.flatMap(formsOf)) ?? false };
}

const formsOf = (value: string): Buffer[] => plainForms(Buffer.from(value));
