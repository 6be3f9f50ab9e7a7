import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env } from '../base/context.ts';
import { refusal } from '../base/errors.ts';
import { readJsonFile, replaceFile } from '../base/json-file.ts';

/**
 * What jobs take over from the shell that `git jci cron sync` was called in: cron itself gives them
 * `PATH=/usr/bin:/bin` and next to nothing else, and run.sh must find the same tools as by hand.
 *
 * Kept in a file, since a usual PATH is longer than the line that cron allows.
 */
const recorded = ['PATH', 'LANG', 'LC_ALL', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME'] as const;

/** Records the environment for the jobs of a repository. @returns false if the file says so already. */
export function recordEnvironment(path: string, env: Env): boolean {
  const values = Object.fromEntries(recorded.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  if (JSON.stringify(readJsonFile(path)) === JSON.stringify(values)) return false;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceFile(path, JSON.stringify(values), { durable: false });
  return true;
}

/** Removes the record. */
export const forgetEnvironment = (path: string): void => rmSync(path, { force: true });

/**
 * Lays the recorded environment over what cron gave.
 * @throws JciError (3) when there is no record.
 */
export function withRecordedEnvironment(path: string, env: Env): Env {
  const values = readJsonFile(path);
  if (typeof values !== 'object' || values === null) {
    throw refusal(`there is no environment for cron jobs in ${path}`, { hint: 'git jci cron sync' });
  }
  const texts = Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return { ...env, ...Object.fromEntries(texts) };
}
