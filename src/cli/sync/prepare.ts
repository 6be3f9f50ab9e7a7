import { loadSettings } from '../../config/load.ts';
import type { Settings } from '../../config/settings.ts';
import { chooseRemote, type Remote } from '../../git/remote.ts';
import { currentBranch } from '../../git/revisions.ts';
import type { Repository } from '../../git/repository.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Ui } from '../render/ui.ts';

/** Reads the settings and chooses the remote that a command talks to. @throws JciError (usage, 3) */
export async function prepareRemote(repo: Repository, ui: Ui, argument: string | undefined): Promise<{ remote: Remote; settings: Settings }> {
  const [{ settings, warnings, git }, branch] = await Promise.all([
    loadSettings(repo),
    argument === undefined ? currentBranch(repo) : undefined,
  ]);
  for (const warning of warnings) ui.warn(warning);
  return { settings, remote: chooseRemote(git, { argument, setting: settings.remote, branch }) };
}

/** `1 run`, `12 runs`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** So many names are told; the number of the rest has to do. */
export const shownNames = 3;

/** The first few of many refs. */
export const namesOf = (refs: readonly string[]): string =>
  `${refs.slice(0, shownNames).map((ref) => printable(ref)).join(', ')}${refs.length > shownNames ? ', ...' : ''}`;
