import type { Remote } from './remote.ts';
import { transfer, type TransferOptions } from './remote-transfer.ts';
import { remoteFailure, wasCut } from './remote-words.ts';
import type { Repository } from './repository.ts';

export interface FetchOptions extends Pick<TransferOptions, 'onProgress' | 'signal'> {
  /** Commits that both sides have: what hangs on them need not be sent again. */
  common: readonly string[];
  again: string;
}

/** Whatever the configuration says of fetching (prune, tags, refspecs, filters, submodules), this fetch does what it is told. */
const flags = [
  '--no-prune',
  '--no-prune-tags',
  '--no-tags',
  '--no-write-fetch-head',
  // Otherwise the refspecs of the configuration would move refs of ours on the way.
  '--refmap=',
  '--no-recurse-submodules',
  '--no-write-commit-graph',
  '--no-auto-maintenance',
  '--no-filter',
  '--stdin',
];

/**
 * Fetches with one git process, refspecs through stdin, objects checked as strictly as git can.
 * @returns `hostile` with git's words when the objects of at least one ref fail the check: then nothing was kept.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks.
 */
export async function fetchRefspecs(
  repo: Repository,
  remote: Remote,
  refspecs: readonly string[],
  options: FetchOptions,
): Promise<{ hostile: string | undefined }> {
  const { common, again, onProgress, signal } = options;
  const tips = common.map((id) => `--negotiation-tip=${id}`);
  const result = await transfer(repo, 'fetch', [...flags, ...tips, remote.address], {
    settings: ['fetch.fsckObjects=true', ...(common.length === 0 ? ['fetch.negotiationAlgorithm=noop'] : [])],
    input: refspecs.map((refspec) => `${refspec}\n`).join(''),
    onProgress,
    signal,
  });
  if (result.exitCode === 0) return { hostile: undefined };
  const fault = wasCut(result.stderr) ? undefined : objectFault.exec(result.stderr)?.[1];
  if (fault === undefined) throw remoteFailure(remote, result.stderr, again);
  return { hostile: fault };
}

/** How `index-pack --strict` and `unpack-objects --strict` name what is wrong with an object. */
const objectFault = /^error: object [0-9a-f]+: (.*)$/m;
