import { fatalError } from '../base/errors.ts';
import { lastWords, tryGit, type GitPlace } from './exec.ts';

/** Keys (section and name in lower case) to all their values, in the order git gives them: the last one wins. */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

/**
 * Everything git's configuration says here: system, user, repository, worktree and `git -c`.
 * @throws JciError (128) when git cannot parse a file of it.
 */
export const readConfig = (place: GitPlace): Promise<GitConfig> => listConfig(place, []);

/** One file in git-config syntax, without following includes. */
export const readConfigFile = (place: GitPlace, path: string): Promise<GitConfig> =>
  listConfig(place, ['--no-includes', '--file', path]);

/** The same from a blob, such as `<commit>:.jci/config`. */
export const readConfigBlob = (place: GitPlace, name: string): Promise<GitConfig> =>
  listConfig(place, ['--no-includes', '--blob', name]);

/** What git takes a value for; `undefined` for one that is missing, or no boolean. */
export function readBoolean(value: string | undefined): boolean | undefined {
  const text = value?.toLowerCase() ?? 'missing';
  if (['true', 'yes', 'on', '1'].includes(text)) return true;
  return ['false', 'no', 'off', '0', ''].includes(text) ? false : undefined;
}

async function listConfig(place: GitPlace, source: readonly string[]): Promise<GitConfig> {
  const result = await tryGit(place, ['config', ...source, '--list', '-z']);
  if (result.exitCode !== 0) throw fatalError(`git cannot read its configuration: ${lastWords(result.stderr)}`);
  const config = new Map<string, string[]>();
  for (const entry of result.stdout.toString('utf8').split('\0')) {
    if (entry === '') continue;
    const end = entry.indexOf('\n');
    // A key without `=` means true.
    const [key, value] = end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    config.set(key, [...(config.get(key) ?? []), value]);
  }
  return config;
}
