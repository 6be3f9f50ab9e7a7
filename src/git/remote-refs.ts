import { refusal } from '../base/errors.ts';
import { lastWords, tryGit } from './exec.ts';
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

/**
 * Those of our run refs whose commits have parents, with one git process that opens every one of them.
 *
 * @returns their object ids: no result of git jci is among them.
 * @throws JciError (128) when a result cannot be read.
 */
export async function findWithParents(repo: Repository, prefix: string): Promise<Set<string>> {
  const args = ['rev-list', '--no-walk=unsorted', '--min-parents=1', `--glob=${prefix}*`];
  const result = await tryGit(repo, args);
  if (result.exitCode !== 0) throw damagedResults(lastWords(result.stderr));
  return new Set(result.stdout.toString('latin1').split('\n').filter(Boolean));
}

const damagedResults = (words: string): Error =>
  refusal(`a result in this repository is damaged: ${words}`, { hint: 'git jci verify --all tells which' });
