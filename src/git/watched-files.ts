import { git } from './exec.ts';
import type { Repository } from './repository.ts';

/** Paths below the working tree that git tracks or would: what a change to means something. */
export async function listWatchedFiles(repo: Repository): Promise<string[]> {
  const output = await git(repo, ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  return [...new Set(output.toString('utf8').split('\0').filter(Boolean))];
}
