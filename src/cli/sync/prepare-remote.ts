import { loadSettings } from '../../config/load.ts';
import type { Settings } from '../../config/settings.ts';
import { chooseRemote, type Remote } from '../../git/remote.ts';
import { currentBranch } from '../../git/revisions.ts';
import type { Repository } from '../../git/repository.ts';
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
