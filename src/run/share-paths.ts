import { existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { usageError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { SharedPath } from '../model/record.ts';
import { command } from '../proc/command.ts';

/**
 * Makes untracked paths of the user's working tree (`node_modules`, `.venv`) available in a temporary worktree: as a
 * copy where the file system can copy without copying, else as a link.
 *
 * Paths that are missing, or tracked in the commit, are left out.
 * @throws JciError (usage) for a path that leads out of the repository.
 */
export async function sharePaths(repo: Repository, worktree: string, paths: readonly string[]): Promise<SharedPath[]> {
  const shared: SharedPath[] = [];
  for (const path of paths) {
    checkPath(path);
    const source = join(repo.workTree ?? '', path);
    const target = join(worktree, path);
    if (repo.workTree === undefined || !existsSync(source) || isThere(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    shared.push({ path, how: await share(repo, source, target) });
  }
  return shared;
}

function checkPath(path: string): void {
  const clean = normalize(path);
  if (isAbsolute(path) || clean === '.' || clean.startsWith('..') || /^\.git(?:\/|$)/i.test(clean)) {
    throw usageError(`jci.share: '${path}' is not a path inside the repository`);
  }
}

async function share(repo: Repository, source: string, target: string): Promise<SharedPath['how']> {
  const clone = repo.ctx.platform === 'darwin' ? ['-cR'] : ['-a', '--reflink=always'];
  const copied = await command('cp', [...clone, '--', source, target], { env: repo.ctx.env });
  if (copied.exitCode === 0) return 'copy';
  // A copy that failed half-way would be taken for the real thing.
  await command('rm', ['-rf', '--', target], { env: repo.ctx.env });
  symlinkSync(source, target);
  return 'link';
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
