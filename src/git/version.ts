import { fatalError } from '../base/errors.ts';
import { gitText, type GitPlace } from './exec.ts';

/** `update-ref --stdin`, `rev-parse --path-format`, `fetch --no-write-fetch-head` and `core.fsync` set this floor. */
export const oldestGit = '2.34';

/** The version of git on PATH, such as `2.39.5`. */
export async function gitVersion(place: GitPlace): Promise<string> {
  const text = await gitText(place, ['version']);
  return /\d+\.\d+[\w.]*/.exec(text)?.[0] ?? text;
}

/** True when git is at least `oldestGit`. */
export function isSupportedGit(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestGit.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @throws JciError (128) when git is too old for us. */
export async function requireSupportedGit(place: GitPlace): Promise<void> {
  const version = await gitVersion(place);
  if (!isSupportedGit(version)) {
    throw fatalError(`git ${version} is too old: git jci needs ${oldestGit} or newer`, { hint: 'install a newer git' });
  }
}
