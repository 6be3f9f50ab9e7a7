import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import { fatalError } from '../base/errors.ts';
import { readJsonFile, replaceFile } from '../base/json-file.ts';
import { findUserCache } from '../base/user-cache.ts';
import { findProgram } from '../proc/find-program.ts';
import { gitText, type GitPlace } from './exec.ts';

/** `update-ref --stdin`, `rev-parse --path-format`, `fetch --no-write-fetch-head` and `core.fsync` set this floor. */
export const oldestGit = '2.34';

/**
 * The version of git on PATH, such as `2.39.5`.
 *
 * Remembered in the user's cache for as long as the program is the same file: every run records it.
 */
export async function gitVersion(place: GitPlace): Promise<string> {
  const path = findProgram('git', place.env);
  const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  const cache = findUserCache(place.env);
  if (path === undefined || stat === undefined || cache === undefined) return askGit(place);
  const program = `${path} ${stat.mtimeMs} ${stat.size}`;
  const file = join(cache, 'git-version.json');
  const known = readJsonFile(file);
  if (isRemembered(known) && known.program === program) return known.version;
  const version = await askGit(place);
  remember(file, { program, version });
  return version;
}

interface Remembered {
  program: string;
  version: string;
}

const isRemembered = (value: unknown): value is Remembered =>
  typeof value === 'object' && value !== null && 'program' in value && 'version' in value && typeof value.version === 'string';

function remember(file: string, what: Remembered): void {
  // No cache, or a full disk: then git is asked every time.
  attempt(() => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    replaceFile(file, JSON.stringify(what), { durable: false });
  });
}

async function askGit(place: GitPlace): Promise<string> {
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
