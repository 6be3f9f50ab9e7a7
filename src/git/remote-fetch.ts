import type { ObjectId } from '../model/object-id.ts';
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

/** What became of a fetch that reached the remote. */
export type FetchResult =
  | 'fetched'
  /** Something asked for is not there any more: nothing was kept. */
  | 'gone'
  /** The objects of at least one failed git's checks, in git's words: nothing was kept. */
  | { hostile: string };

/**
 * Fetches objects and what hangs on them with one git process, checked as strictly as git can. No ref is written.
 *
 * By id, which any server answers for what its refs point to: names are compared with every ref of the remote, one by one.
 * @param ids what refs of the remote point to.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks.
 */
export async function fetchObjects(repo: Repository, remote: Remote, ids: readonly ObjectId[], options: FetchOptions): Promise<FetchResult> {
  const { common, again, onProgress, signal } = options;
  const tips = common.map((id) => `--negotiation-tip=${id}`);
  const result = await transfer(repo, 'fetch', [...flags, ...tips, remote.address], {
    settings: ['fetch.fsckObjects=true', ...(common.length === 0 ? ['fetch.negotiationAlgorithm=noop'] : [])],
    input: ids.map((id) => `${id}\n`).join(''),
    onProgress,
    signal,
  });
  if (result.exitCode === 0) return 'fetched';
  if (goneThere.test(result.stderr)) return 'gone';
  const fault = wasCut(result.stderr) ? undefined : objectFault.exec(result.stderr)?.[1];
  if (fault === undefined) throw remoteFailure(remote, result.stderr, again);
  return { hostile: fault };
}

/** How servers, and git itself before it asks them, say that they do not have what was asked for. */
const goneThere = /not our ref|unadvertised object|not valid: want/i;

/** How `index-pack --strict` and `unpack-objects --strict` name what is wrong with an object. */
const objectFault = /^error: object [0-9a-f]+: (.*)$/m;
