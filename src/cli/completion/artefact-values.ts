import { listFolder } from '../../git/list-folder.ts';
import type { Repository } from '../../git/repository.ts';
import type { Offer } from './offer.ts';
import { resultOf } from './result-of.ts';

/** The files of a run's result that are in the folder being typed, and the folders to go on with, which end in `/`. */
export async function artefacts(repo: Repository, prefix: string, run: string | undefined): Promise<Offer[]> {
  const result = await resultOf(repo, run);
  const entries = result === undefined ? [] : await listFolder(repo, result, prefix.slice(0, prefix.lastIndexOf('/') + 1));
  return entries.map(({ path, isFolder }) => (isFolder ? { value: `${path}/`, description: 'folder' } : { value: path }));
}
