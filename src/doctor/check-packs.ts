import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../git/config.ts';
import type { Repository } from '../git/repository.ts';
import { countPacks, packLimit } from '../store/few-packs.ts';
import { fine, type Finding } from './finding.ts';

/** Where git is told never to merge packs by itself, so many are still no trouble. */
const packAdvice = 50;

/** Packs of objects: git looks into each of them for everything. */
export async function checkPacks(repo: Repository): Promise<Finding> {
  const check = 'packs of objects';
  const count = countPacks(repo.commonDir);
  const limit = packLimit(await readConfig(repo));
  if (count <= (limit ?? packAdvice)) return fine(check, `${count}`);
  const { why, hint } = explain(repo, limit);
  return { check, state: 'advice', message: `${count}, which makes every git command slower; ${why}`, hint };
}

function explain({ commonDir }: Repository, limit: number | undefined): { why: string; hint: string } {
  const lock = join(commonDir, 'objects', 'maintenance.lock');
  // Git does nothing as long as it is there, and says nothing either.
  const since = statSync(lock, { throwIfNoEntry: false })?.mtime;
  if (since !== undefined) {
    return { why: `git has been merging them since ${since.toISOString()}`, hint: `if it is not running any more (a power cut?): rm ${lock}` };
  }
  const why =
    limit === undefined
      ? 'git is told not to merge them by itself (gc.auto, gc.autoPackLimit, maintenance.auto)'
      : 'git merges them in the background after the next run';
  return { why, hint: 'merge them with: git maintenance run' };
}
