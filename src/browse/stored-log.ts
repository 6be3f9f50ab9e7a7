import { refusal } from '../base/errors.ts';
import { streamBlob } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { findFile } from '../store/read-result.ts';
import type { StoredRunRef } from '../store/run-list.ts';

/** Takes chunks of a log; returning `false` stops the reading. */
export type LogTaker = (chunk: Buffer) => boolean | Promise<boolean>;

/**
 * Streams the stored log of a run.
 * @throws JciError (3) when the result has none.
 */
export async function streamLog(repo: Repository, run: StoredRunRef, take: LogTaker): Promise<void> {
  const log = await findFile(repo, run, 'run.output.txt');
  if (log === undefined) throw refusal(`run ${run.runId} has no log`, { hint: `git jci show ${run.runId}` });
  await streamBlob(repo, log.id, take);
}
