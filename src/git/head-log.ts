import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fatalError, hasCode } from '../base/errors.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { Repository } from './repository.ts';

/** How much git has noted so far of where HEAD of this worktree has been, in bytes: for `headsSince`. */
export const headLogSize = (repo: Repository): number => statSync(headLog(repo), { throwIfNoEntry: false })?.size ?? 0;

/**
 * The commits that HEAD has been at since then, also those that it has left again.
 *
 * None are known where git keeps no such file (`core.logAllRefUpdates=false`, reftable).
 * @param since what `headLogSize` said then.
 * @throws JciError (128) when something was taken out of the file since then.
 */
export function headsSince(repo: Repository, since: number): ObjectId[] {
  const log = readHeadLog(repo);
  if (log.length < since) throw fatalError('the reflog of HEAD was cut since');
  const news = log.subarray(since).toString('latin1').split('\n');
  return news.flatMap((line) => /^[0-9a-f]+ ([0-9a-f]+) /.exec(line)?.[1] ?? []);
}

const headLog = ({ gitDir }: Repository): string => join(gitDir, 'logs', 'HEAD');

function readHeadLog(repo: Repository): Buffer {
  try {
    return readFileSync(headLog(repo));
  } catch (error) {
    // It was not there then either, or something was taken out of it.
    if (hasCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}
