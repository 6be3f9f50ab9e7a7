import { nearest } from '../base/nearest.ts';
import type { GitConfig } from '../git/config.ts';

/** What `.jci/config` may set: nothing that could run a command outside run.sh or weaken the machine's own settings. */
const repositoryKeys = ['timeout', 'grace', 'clean', 'share', 'keep', 'mask'];

const knownKeys = [...repositoryKeys, 'sign', 'trust', 'remote', 'concurrency', 'notify'];

/** True for a key of `.jci/config` that counts. */
export const isRepositoryKey = (key: string): boolean => isOneOf(key, repositoryKeys);

/** A sentence for every key of `.jci/config` that does not count, and for every `jci.` key of git's that git jci does not know. */
export function tellUnusedKeys(git: GitConfig, repository: GitConfig): string[] {
  const ignored = [...repository.keys()].filter((key) => !isRepositoryKey(key)).map((key) => `.jci/config: '${key}' is ignored: ${whyIgnored(key)}`);
  const unknown = [...git.keys()]
    .filter((key) => key.startsWith('jci.') && !isOneOf(key, knownKeys))
    .map((key) => `git config: '${key}' means nothing to git jci: no such key${suggestion(key)}`);
  return [...ignored, ...unknown];
}

function isOneOf(key: string, names: readonly string[]): boolean {
  const [section, name = '', ...rest] = key.split('.');
  return section === 'jci' && ((rest.length === 0 && names.includes(name)) || (name === 'job' && rest.length > 0));
}

const whyIgnored = (key: string): string =>
  isOneOf(key, knownKeys) ? `only the machine's own git configuration may set it (git config ${key} ...)` : `no such key${suggestion(key)}`;

function suggestion(key: string): string {
  const near = nearest(key.replace(/^jci\./, ''), knownKeys);
  return near === undefined ? '' : `; did you mean jci.${near}?`;
}
