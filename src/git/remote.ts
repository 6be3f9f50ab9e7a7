import { refusal, usageError } from '../base/errors.ts';
import type { GitConfig } from './config.ts';
import { maskCredentials } from './mask-credentials.ts';

/** Where push, pull and prune go. */
export interface Remote {
  /** What git is given: a name of its configuration, a URL or a path. Never starts with `-`. */
  readonly address: string;
  /** The same for people: without control characters and without a password. */
  readonly shown: string;
  /** `-c` settings under which git can be given refspecs of ours. */
  readonly settings: readonly string[];
}

export interface RemoteWishes {
  /** Named on the command line. */
  argument: string | undefined;
  /** `jci.remote`. */
  setting: string | undefined;
  /** The branch that HEAD is on: its upstream remote is next. */
  branch: string | undefined;
}

/**
 * Chooses the remote: the one asked for, `jci.remote`, the upstream of the branch, `origin`, or the only one there is.
 * @throws JciError (usage) for a name that git could take for an option, (3) when there is nothing to choose.
 */
export function chooseRemote(config: GitConfig, wishes: RemoteWishes): Remote {
  const { argument, setting, branch } = wishes;
  const names = remoteNames(config);
  const upstream = config.get(`branch.${branch ?? ''}.remote`)?.at(-1);
  // A branch that follows another branch of the same repository has the upstream remote `.`.
  const address = argument ?? setting ?? (upstream === '.' ? undefined : upstream) ?? usual(names);
  if (address === undefined) throw nothingToChoose(names);
  return describe(config, checked(address, argument === undefined ? 'jci.remote' : 'remote'));
}

/** The remotes that have an address. */
export function remoteNames(config: GitConfig): string[] {
  const names = [...config.keys()].map((key) => /^remote\.(.+)\.(?:url|pushurl)$/.exec(key)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

const usual = (names: readonly string[]): string | undefined =>
  names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;

function nothingToChoose(names: readonly string[]): Error {
  if (names.length === 0) return refusal('this repository has no remote', { hint: 'git remote add origin <url>, or name a URL or path' });
  return refusal(`there are several remotes (${names.join(', ')}), and none is called origin`, {
    hint: `name one, or: git config jci.remote ${names[0] ?? '<name>'}`,
  });
}

function checked(address: string, what: string): string {
  if (address === '' || address.startsWith('-') || /[\x00-\x1f\x7f]/.test(address)) {
    throw usageError(`${what}: ${maskCredentials(JSON.stringify(address))} is not a remote`, { hint: 'git remote -v lists them' });
  }
  return address;
}

function describe(config: GitConfig, address: string): Remote {
  const mirror = config.get(`remote.${address}.mirror`)?.at(-1);
  // Git takes no refspecs for a mirror remote, which would otherwise push every ref there is, and delete the rest.
  const settings = mirror === undefined ? [] : [`remote.${address}.mirror=false`];
  return { address, shown: maskCredentials(address), settings };
}
