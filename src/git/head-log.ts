import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { Repository } from './repository.ts';

/** How much git has noted so far of where HEAD of this worktree has been, in bytes: for `headsSince`. */
export const headLogSize = (repo: Repository): number => statSync(headLog(repo), { throwIfNoEntry: false })?.size ?? 0;

/**
 * The commits that HEAD has been at since then, also those that it has left again.
 *
 * None are known where git keeps no such file (`core.logAllRefUpdates=false`, reftable).
 * @param since what `headLogSize` said then.
 */
export function headsSince(repo: Repository, since: number): ObjectId[] {
  if (headLogSize(repo) <= since) return [];
  const news = readHeadLog(repo).subarray(since).toString('latin1').split('\n');
  return news.flatMap((line) => /^[0-9a-f]+ ([0-9a-f]+) /.exec(line)?.[1] ?? []);
}

const headLog = ({ gitDir }: Repository): string => join(gitDir, 'logs', 'HEAD');

function readHeadLog(repo: Repository): Buffer {
  try {
    return readFileSync(headLog(repo));
  } catch (error) {
    // Gone since we looked.
    if (hasCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}
