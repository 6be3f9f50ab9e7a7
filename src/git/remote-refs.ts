import { tryGit } from './exec.ts';
import type { RefTip } from './refs.ts';
import type { Remote } from './remote.ts';
import { remoteFailure } from './remote-words.ts';
import type { Repository } from './repository.ts';

/**
 * Lists the refs of a remote under a prefix, without fetching anything.
 * @param prefix ends with `/`.
 * @throws JciError (3) when the remote cannot be asked.
 */
export async function listRemoteRefs(repo: Repository, remote: Remote, prefix: string, again: string, signal?: AbortSignal): Promise<RefTip[]> {
  const args = ['ls-remote', '--refs', '--quiet', '--end-of-options', remote.address, `${prefix}*`];
  const result = await tryGit(repo, args, signal === undefined ? {} : { signal });
  signal?.throwIfAborted();
  if (result.exitCode !== 0) throw remoteFailure(remote, result.stderr, again);
  return result.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([id, ref]) => (id !== undefined && ref?.startsWith(prefix) === true ? [{ id, ref }] : []));
}
