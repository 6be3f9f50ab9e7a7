import { availableParallelism } from 'node:os';
import { parseDuration } from '../base/parse-duration.ts';
import { usageError } from '../base/errors.ts';
import { readBoolean, type GitConfig } from '../git/config.ts';
import { isRepositoryKey, tellUnusedKeys } from './unused-keys.ts';

export const trustLevels = ['any', 'own', 'signed'] as const;
/** Whose results count as a verdict. */
export type Trust = (typeof trustLevels)[number];

/** All settings of one command, defaults filled in. Flags are laid over it by the command. */
export interface Settings {
  /** A run is ended after so many ms; `undefined` for never. */
  timeoutMs: number | undefined;
  /** Between SIGTERM and SIGKILL, in ms. */
  graceMs: number;
  /** Always run in a temporary worktree of exactly the commit. */
  clean: boolean;
  /** Untracked paths of the user's working tree made available in temporary worktrees. */
  share: readonly string[];
  sign: boolean;
  trust: Trust;
  /** Where push, pull and prune go if no remote is named. */
  remote: string | undefined;
  /** Parallel runs on this machine. */
  concurrency: number;
  /** Names or `*` patterns of environment variables whose values are hidden in logs. */
  mask: readonly string[];
  /** How many runs per branch `prune` leaves alone. */
  keep: number | undefined;
  /** Shell command run at the end of a run with the record on stdin. */
  notify: string | undefined;
}

/** Variables hidden unless `jci.mask` says otherwise. */
export const defaultMask: readonly string[] = ['*_TOKEN', '*_SECRET', '*_PASSWORD', '*_KEY'];

const defaultGraceMs = 10_000;

/** The patterns of variables to hide that the user's own configuration gives. */
export const userMask = (git: GitConfig): readonly string[] => git.get('jci.mask') ?? defaultMask;

/**
 * Merges git's configuration over the repository's own `.jci/config` over the defaults.
 * @returns the settings, and a warning for every key that means nothing.
 * @throws JciError (usage) naming the key, for a value that cannot be used.
 */
export function resolveSettings(git: GitConfig, repository: GitConfig): { settings: Settings; warnings: string[] } {
  const allowed = new Map([...repository].filter(([key]) => isRepositoryKey(key)));
  const read = (key: string): string | undefined => (git.get(`jci.${key}`) ?? allowed.get(`jci.${key}`))?.at(-1);
  const readAll = (key: string): readonly string[] | undefined => git.get(`jci.${key}`) ?? allowed.get(`jci.${key}`);
  const duration = (key: string): number | undefined => optional(read(key), (text) => parseDuration(text, `jci.${key}`));
  const settings: Settings = {
    timeoutMs: duration('timeout'),
    graceMs: duration('grace') ?? defaultGraceMs,
    clean: optional(read('clean'), (text) => parseFlag(text, 'clean')) ?? false,
    share: readAll('share') ?? [],
    sign: optional(read('sign'), (text) => parseFlag(text, 'sign')) ?? false,
    trust: optional(read('trust'), parseTrust) ?? 'any',
    remote: read('remote'),
    concurrency: optional(read('concurrency'), (text) => parseCount(text, 'concurrency')) ?? availableParallelism(),
    mask: [...userMask(git), ...(allowed.get('jci.mask') ?? [])],
    keep: optional(read('keep'), (text) => parseCount(text, 'keep')),
    notify: read('notify'),
  };
  return { settings, warnings: tellUnusedKeys(git, repository) };
}

const optional = <T>(text: string | undefined, parse: (text: string) => T): T | undefined =>
  text === undefined ? undefined : parse(text);

function parseFlag(text: string, key: string): boolean {
  const flag = readBoolean(text);
  if (flag === undefined) throw usageError(`jci.${key}: '${text}' is neither true nor false`);
  return flag;
}

function parseTrust(text: string): Trust {
  const level = trustLevels.find((name) => name === text);
  if (level === undefined) throw usageError(`jci.trust: '${text}' is not one of ${trustLevels.join(', ')}`);
  return level;
}

function parseCount(text: string, key: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw usageError(`jci.${key}: '${text}' is not a whole number of at least 1`);
  return Number(text);
}
