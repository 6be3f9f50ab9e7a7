import { statSync } from 'node:fs';
import { hasCode } from '../base/errors.ts';
import { listRefNames } from '../git/refs.ts';
import type { EarlyNames, Repository } from '../git/repository.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import { hasActiveRuns } from './active-run.ts';
import { activeRoot } from './paths.ts';

/**
 * The names of all run refs, as `listRefNames` gives them. Whoever looks at live runs too does that first: a run that ends
 * meanwhile is then seen twice rather than not at all.
 */
export function listRunNames(repo: Repository): Promise<Buffer | undefined> {
  const { earlyNames, commonDir } = repo;
  return earlyNames !== undefined && wasQuiet(commonDir, earlyNames) ? earlyNames.names : listRefNames(repo, runRefPrefix);
}

/** File systems have clocks of some ms. */
const marginMs = 1000;

/** No run can have been stored since then: each is active before that, and leaves its mark on the folder when it no longer is. */
function wasQuiet(commonDir: string, { since }: EarlyNames): boolean {
  return !hasActiveRuns(commonDir) && lastChangeMs(activeRoot(commonDir)) < since - marginMs;
}

function lastChangeMs(folder: string): number {
  try {
    return statSync(folder).mtimeMs;
  } catch (error) {
    // Nothing was ever run here, or something else stands in the place of our folder.
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return -Infinity;
    // Another user's: runs of theirs may have ended just now.
    if (hasCode(error, 'EACCES')) return Infinity;
    throw error;
  }
}
