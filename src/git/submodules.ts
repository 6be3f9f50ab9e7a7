import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../base/errors.ts';
import { readConfigFile } from './config.ts';
import { gitEnvironment } from './environment.ts';
import { lastWords, tryGit, type GitPlace } from './exec.ts';
import type { Repository } from './repository.ts';

/**
 * Fills in the submodules of a temporary worktree, from the user's own clones of them where there are any.
 * @throws JciError (3) when one cannot be had.
 */
export async function updateSubmodules(repo: Repository, path: string): Promise<void> {
  const modules = join(path, '.gitmodules');
  if (!existsSync(modules)) return;
  const place: GitPlace = { ctx: repo.ctx, cwd: path, env: gitEnvironment(repo.ctx.env) };
  const names = [...(await readConfigFile(place, modules)).keys()]
    .map((key) => /^submodule\.(.+)\.path$/.exec(key)?.[1])
    .filter((name) => name !== undefined);
  const local = names
    .map((name) => ({ name, clone: join(repo.commonDir, 'modules', name) }))
    .filter(({ clone }) => existsSync(clone))
    .flatMap(({ name, clone }) => ['-c', `submodule.${name}.url=${clone}`]);
  const args = ['-c', 'core.hooksPath=/dev/null', '-c', 'protocol.file.allow=always', ...local];
  const result = await tryGit(place, [...args, 'submodule', '--quiet', 'update', '--init', '--recursive', '--force']);
  if (result.exitCode !== 0) {
    throw refusal(`the submodules could not be checked out: ${lastWords(result.stderr)}`, {
      hint: 'git submodule update --init --recursive, then run again',
    });
  }
}
