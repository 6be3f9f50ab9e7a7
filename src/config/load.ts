import { join } from 'node:path';
import { isSmallFile } from '../base/small-file.ts';
import { readConfig, readConfigBlob, readConfigFile, type GitConfig } from '../git/config.ts';
import { resolveObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { resolveSettings, type Settings } from './settings.ts';

export interface LoadedSettings {
  settings: Settings;
  /** Keys that mean nothing, in words. */
  warnings: string[];
  /** Git's own configuration, for whoever needs another part of it. */
  git: GitConfig;
}

/**
 * Reads the settings in force.
 * @param source where `.jci/config` is read from: the working tree, or exactly one commit.
 * @throws JciError (usage, 128) for a file git cannot parse or a value that cannot be used.
 */
export async function loadSettings(
  repo: Repository,
  source: 'work tree' | { commit: string } = 'work tree',
): Promise<LoadedSettings> {
  const [git, repository] = await Promise.all([readConfig(repo), readRepositoryConfig(repo, source)]);
  return { ...resolveSettings(git, repository), git };
}

async function readRepositoryConfig(repo: Repository, source: 'work tree' | { commit: string }): Promise<GitConfig> {
  if (source === 'work tree') {
    const path = repo.workTree === undefined ? undefined : join(repo.workTree, '.jci', 'config');
    return path !== undefined && isSmallFile(path, '.jci/config') ? readConfigFile(repo, path) : new Map();
  }
  const name = `${source.commit}:.jci/config`;
  const [blob] = await resolveObjects(repo, [name]);
  return blob?.type === 'blob' ? readConfigBlob(repo, name) : new Map();
}
