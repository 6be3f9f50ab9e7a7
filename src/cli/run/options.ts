import { parseDuration } from '../../base/parse-duration.ts';
import { usageError } from '../../base/errors.ts';
import type { Env } from '../../base/context.ts';
import type { Settings } from '../../config/settings.ts';
import { isBranchName } from '../../model/branch-name.ts';
import { isTrigger, type Trigger } from '../../model/outcome.ts';
import { matchesMask } from '../../output/secrets-from-env.ts';

/** The options of `git jci run`, as commander gives them. */
export interface RunOptions {
  clean?: boolean;
  ifNeeded?: boolean;
  timeout?: string;
  jobs?: string;
  keepGoing?: boolean;
  env?: string[];
  sign?: boolean;
  push?: string | true;
  shellOnFail?: boolean;
  quiet?: boolean;
  json?: boolean;
  watch?: boolean;
  trigger?: string;
  job?: string;
  rerunOf?: string;
  /** The branch it belongs to, where the revision does not tell (hooks, cron) or HEAD may be elsewhere by now. */
  branch?: string;
}

/** Lays the flags over the configuration. @throws JciError (usage) */
export function withFlags(settings: Settings, options: RunOptions): Settings {
  return {
    ...settings,
    timeoutMs: options.timeout === undefined ? settings.timeoutMs : parseDuration(options.timeout, '--timeout'),
    clean: options.clean ?? settings.clean,
    sign: options.sign ?? settings.sign,
  };
}

/** `--trigger`, which hooks and cron give. @throws JciError (usage) */
export function parseTrigger(text: string | undefined): Trigger {
  if (text === undefined) return 'manual';
  if (!isTrigger(text)) throw usageError(`--trigger: '${text}' is not a trigger`);
  return text;
}

/** `--branch`, which hooks give. @throws JciError (usage) */
export function parseBranch(text: string | undefined): string | undefined {
  if (text !== undefined && !isBranchName(text)) throw usageError(`--branch: '${text}' is not a branch name`);
  return text;
}

/** `--jobs`. @throws JciError (usage) */
export function parseJobs(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usageError(`--jobs: '${text}' is not a whole number of at least 1`);
  return Number(text);
}

/**
 * `--env K=V` and `--env NAME`.
 *
 * A value on the command line is in the shell's history and in every process listing, so names that are masked are only
 * taken from the environment.
 * @throws JciError (usage)
 */
export function parseEnv(settings: readonly string[], env: Env, mask: readonly string[]): Record<string, string> {
  return Object.fromEntries(settings.map((setting) => parseSetting(setting, env, mask)));
}

function parseSetting(setting: string, env: Env, mask: readonly string[]): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(setting) ?? [];
  if (name === undefined) throw usageError(`--env: '${setting.replace(/=[\s\S]*/, '=...')}' is neither NAME=value nor NAME`);
  if (name.startsWith('JCI_')) throw usageError(`--env: ${name} is set by git jci itself`);
  if (value !== undefined) {
    if (!matchesMask(name, mask)) return [name, value];
    throw usageError(`--env: ${name} names a secret, and its value would show in the process list`, {
      hint: `put it into the environment and give the name alone: --env ${name}`,
    });
  }
  const inherited = env[name];
  if (inherited === undefined) throw usageError(`--env: ${name} is not set in the environment`);
  return [name, inherited];
}
