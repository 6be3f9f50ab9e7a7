import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { packRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';

/** From here on a listing notices: every loose ref is a folder and a file to open. */
const looseLimit = 500;

/** Packs refs with git's own pack-refs once loose run refs have piled up. Costs one directory listing otherwise. */
export async function keepRefsPacked(repo: Repository): Promise<void> {
  if (countLooseCommits(repo.commonDir) > looseLimit) await packRefs(repo);
}

/** Commits with loose run refs: a good enough measure of the loose refs themselves. */
export function countLooseCommits(commonDir: string): number {
  try {
    return readdirSync(join(commonDir, 'refs', 'jci-runs')).length;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return 0;
    throw error;
  }
}
