import type { GitConfig } from './config.ts';

const sharing = { group: 0o660, everybody: 0o664 };
/** `true` and `1` are its older spellings, and numbers beyond 2 are the rights themselves. */
const named: Readonly<Record<string, number | undefined>> = {
  group: sharing.group,
  true: sharing.group,
  yes: sharing.group,
  on: sharing.group,
  1: sharing.group,
  all: sharing.everybody,
  world: sharing.everybody,
  everybody: sharing.everybody,
  2: sharing.everybody,
};
const groupStays = 0o2000;
const groupRights = 0o070;

/**
 * The rights that git would give a new folder of the repository (`core.sharedRepository`).
 * @param mode what it has now.
 */
export function sharedFolderMode(config: GitConfig, mode: number): number {
  const value = (config.get('core.sharedrepository')?.at(-1) ?? 'umask').toLowerCase();
  const added = named[value];
  if (added !== undefined) return mode | withSearch(added) | groupStays;
  if (!/^0?[67][0-7]{2}$/.test(value)) return mode;
  const exact = withSearch(Number.parseInt(value, 8) & 0o666);
  return (mode & ~0o777) | exact | ((exact & groupRights) === 0 ? 0 : groupStays);
}

/** Who may read a folder may look into it. */
const withSearch = (mode: number): number => mode | ((mode & 0o444) >> 2);
