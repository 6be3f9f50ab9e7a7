import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../base/errors.ts';
import { readConfigFile, type GitConfig } from './config.ts';
import { gitEnvironment } from './environment.ts';
import { git, gitFailed, lastWords, tryGit, type GitPlace } from './exec.ts';
import type { Repository } from './repository.ts';

interface Submodule {
  name: string;
  path: string;
  /** The user's own clone of it, which may not be there. */
  clone: string;
}

const noConfig: GitConfig = new Map();

/**
 * Fills in the submodules of a temporary worktree, from the user's own clones of them where there are any, and leaves
 * nothing else in them.
 *
 * Nothing is written into the user's configuration, which knows only of the submodules that the user has initialized.
 * @param config git's configuration.
 * @throws JciError (3) when one cannot be had.
 */
export const updateSubmodules = (repo: Repository, worktree: string, config: GitConfig): Promise<void> =>
  fillIn(repo, worktree, join(repo.commonDir, 'modules'), config);

/** Each level by itself: names are unique in one only. */
async function fillIn(repo: Repository, tree: string, clones: string, config: GitConfig): Promise<void> {
  if (!existsSync(join(tree, '.gitmodules'))) return;
  const submodules = await listSubmodules(placeAt(repo, tree), clones);
  const active = submodules.filter(({ name }) => isUndecided(config, name)).flatMap(({ name }) => ['-c', `submodule.${name}.active=true`]);
  const isHere = ({ clone }: Submodule): boolean => existsSync(clone);
  await update(placeAt(repo, tree), submodules.filter((submodule) => !isHere(submodule)), active);
  await update(placeAt(repo, tree), submodules.filter(isHere), [...active, ...submodules.filter(isHere).flatMap(fromClone)]);
  for (const { path, name } of submodules) {
    await clean(placeAt(repo, join(tree, path)));
    await fillIn(repo, join(tree, path), join(clones, name, 'modules'), noConfig);
  }
}

const placeAt = ({ ctx }: Repository, cwd: string): GitPlace => ({ ctx, cwd, env: gitEnvironment(ctx.env) });

/** Those of `.gitmodules` that the commit really has. */
async function listSubmodules(place: GitPlace, clones: string): Promise<Submodule[]> {
  const config = await readConfigFile(place, join(place.cwd, '.gitmodules'));
  const named = [...config].flatMap(([key, values]) => {
    const [, name] = /^submodule\.(.+)\.path$/.exec(key) ?? [];
    const path = values.at(-1);
    return name === undefined || path === undefined ? [] : { name, path, clone: join(clones, name) };
  });
  if (named.length === 0) return [];
  const output = await git(place, ['--literal-pathspecs', 'ls-files', '-z', '--stage', '--', ...named.map(({ path }) => path)]);
  const linked = new Set(output.toString('utf8').split('\0').flatMap((entry) => /^160000 [^\t]*\t(.*)$/s.exec(entry)?.[1] ?? []));
  return named.filter(({ path }) => linked.has(path));
}

/** What the user has said of a submodule, or of all, counts. */
const isUndecided = (config: GitConfig, name: string): boolean => !config.has(`submodule.${name}.active`) && !config.has('submodule.active');

/** Git follows no path to another repository for a submodule, unless it is told to: those that are named here are the user's. */
const fromClone = ({ name, clone }: Submodule): string[] => ['-c', 'protocol.file.allow=always', '-c', `submodule.${name}.url=${clone}`];

async function update(place: GitPlace, submodules: readonly Submodule[], settings: readonly string[]): Promise<void> {
  if (submodules.length === 0) return;
  const args = ['--literal-pathspecs', '-c', 'core.hooksPath=/dev/null', ...settings, 'submodule', '--quiet', 'update', '--force', '--'];
  const result = await tryGit(place, [...args, ...submodules.map(({ path }) => path)]);
  if (result.exitCode !== 0) {
    throw refusal(`the submodules could not be checked out: ${lastWords(result.stderr)}`, {
      hint: 'git submodule update --init --recursive, then run again',
    });
  }
}

async function clean(place: GitPlace): Promise<void> {
  const args = ['clean', '-ffdxq'];
  const result = await tryGit(place, args);
  if (result.exitCode !== 0) throw gitFailed(args, result);
}
