import { join } from 'node:path';
import { isSmallFile } from '../base/small-file.ts';
import { readConfig, readConfigBlob, readConfigFile, type GitConfig } from '../git/config.ts';
import { resolveObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { resolveSettings, type Settings } from './settings.ts';

export interface LoadedSettings {
  settings: Settings;
  /** Keys that mean nothing, in words. */
  warnings: string[];
  /** Git's own configuration, for whoever needs another part of it. */
  git: GitConfig;
}

/**
 * Reads the settings in force, with the `.jci/config` of the working tree.
 * @throws JciError (usage, 128) for a file git cannot parse or a value that cannot be used.
 */
export async function loadSettings(repo: Repository): Promise<LoadedSettings> {
  const [git, repository] = await Promise.all([readConfig(repo), readFromWorkTree(repo)]);
  return { ...resolveSettings(git, repository), git };
}

/**
 * The settings of a run of exactly one commit: its own `.jci/config` counts, not that of the working tree. What is hidden
 * here stays hidden.
 * @param here git's configuration, and what the settings in force here hide.
 * @throws JciError as `loadSettings`.
 */
export async function loadSettingsOf(repo: Repository, commit: ObjectId, here: { git: GitConfig; mask: readonly string[] }): Promise<LoadedSettings> {
  const { settings, warnings } = resolveSettings(here.git, await readFromCommit(repo, commit));
  return { settings: { ...settings, mask: [...new Set([...here.mask, ...settings.mask])] }, warnings, git: here.git };
}

async function readFromWorkTree(repo: Repository): Promise<GitConfig> {
  const path = repo.workTree === undefined ? undefined : join(repo.workTree, '.jci', 'config');
  return path !== undefined && isSmallFile(path, '.jci/config') ? readConfigFile(repo, path) : new Map();
}

async function readFromCommit(repo: Repository, commit: ObjectId): Promise<GitConfig> {
  const name = `${commit}:.jci/config`;
  const [blob] = await resolveObjects(repo, [name]);
  return blob?.type === 'blob' ? readConfigBlob(repo, name) : new Map();
}
