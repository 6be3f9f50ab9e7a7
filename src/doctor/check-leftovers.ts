import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import { listWorktrees, removeWorktree } from '../git/worktree.ts';
import type { Repository } from '../git/repository.ts';
import { isLocked, tryLock } from '../locks/file-lock.ts';
import { isObjectId } from '../model/object-id.ts';
import { isRunId } from '../model/run-id.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { poolFolder } from '../run/worktree-pool.ts';
import { listActiveRuns } from '../store/active-run.ts';
import { listLiveRuns } from '../store/all-runs.ts';
import { findObstacles } from '../store/obstacles.ts';
import { activeRoot } from '../store/paths.ts';
import { removeOutputDir } from '../run/workspace.ts';
import { fine, type Finding } from './finding.ts';

/** Files that no run needs any more. */
export async function checkLeftovers(repo: Repository, self: ProcessId): Promise<Finding[]> {
  return [checkObstacles(repo), await checkOutputDirs(repo), await checkActiveFolders(repo), checkWorktrees(repo, self)];
}

/** Output directories that no active record tells of: of a git jci that is not ours, or whose record was removed by hand. */
async function checkOutputDirs(repo: Repository): Promise<Finding> {
  const known = new Set(listActiveRuns(repo.commonDir).map(({ outputDir }) => outputDir));
  const trees = await listWorktrees(repo);
  const leftovers = trees.flatMap((tree) => outputDirs(tree).filter(({ path }) => !known.has(path)));
  const check = 'output directories';
  if (leftovers.length === 0) return fine(check, 'no leftovers');
  return {
    check,
    state: 'advice',
    message: `${leftovers.length} left behind by nobody we know: ${leftovers.slice(0, 3).map(({ path }) => path).join(', ')}`,
    hint: 'look whether you need what is in them; --fix removes them',
    fix: async () => {
      const left = await Promise.all(leftovers.map(({ tree, commit, runId }) => removeOutputDir(repo.ctx.env, tree, { commit, runId })));
      const stuck = left.filter((why) => why !== undefined);
      return [`removed ${leftovers.length - stuck.length}`, ...stuck].join('; ');
    },
  };
}

function outputDirs(tree: string): { tree: string; commit: string; runId: string; path: string }[] {
  const root = join(tree, '.jci');
  return foldersIn(root)
    .filter(isObjectId)
    .flatMap((commit) =>
      foldersIn(join(root, commit))
        .filter(isRunId)
        .map((runId) => ({ tree, commit, runId, path: join(root, commit, runId) })),
    );
}

/** No links: a commit can bring them, and they lead anywhere. */
const foldersIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])) : [];

/** What is no folder, or cannot be looked into, is told of by whoever needs it. */
function namesIn(folder: string): string[] {
  let names: string[] = [];
  attempt(() => {
    names = readdirSync(folder);
  });
  return names;
}

function checkObstacles(repo: Repository): Finding {
  const obstacles = findObstacles(repo.commonDir);
  const check = 'files of git jci';
  if (obstacles.length === 0) return fine(check, 'nothing in their way');
  return {
    check,
    state: 'advice',
    message: `not what git jci has there: ${obstacles.join(', ')}`,
    hint: '--fix removes it',
    fix: () => {
      for (const path of obstacles) rmSync(path, { recursive: true, force: true });
      return Promise.resolve(`removed ${obstacles.length}`);
    },
  };
}

/** Folders of active runs whose record is gone: what a crash between the two removals leaves. */
async function checkActiveFolders(repo: Repository): Promise<Finding> {
  const root = activeRoot(repo.commonDir);
  const known = new Set(listActiveRuns(repo.commonDir).map(({ commit, runId }) => `${commit}.${runId}`));
  const empty = namesIn(root).filter((name) => !known.has(name));
  const check = 'records of active runs';
  const live = (await listLiveRuns(repo)).length;
  if (known.size > live) {
    return { check, state: 'advice', message: `${known.size - live} of runs that died and could not be stored yet`, hint: 'see what is in the way with: git jci ls' };
  }
  if (empty.length === 0) return fine(check, live === 0 ? 'none' : `${live} under way`);
  return {
    check,
    state: 'advice',
    message: `${empty.length} folders without a record`,
    fix: () => {
      for (const name of empty) rmSync(join(root, name), { recursive: true, force: true });
      return Promise.resolve(`removed ${empty.length}`);
    },
  };
}

/** Kept worktrees cost a checkout each. */
function checkWorktrees(repo: Repository, self: ProcessId): Finding {
  const pool = poolFolder(repo);
  const numbers = namesIn(pool).filter((name) => /^\d+$/.test(name));
  const check = 'temporary worktrees';
  if (numbers.length === 0) return fine(check, 'none kept');
  return {
    ...fine(check, `${numbers.length} kept in ${pool}`),
    fix: () => removeIdle(repo, self, numbers.map((name) => join(pool, name))),
  };
}

async function removeIdle(repo: Repository, self: ProcessId, paths: readonly string[]): Promise<string> {
  let removed = 0;
  for (const path of paths) {
    const lock = await tryLock(`${path}.lock`, self, repo.ctx.platform);
    if (!isLocked(lock)) continue;
    const why = await removeWorktree(repo, path);
    lock.release();
    if (why === undefined) removed += 1;
  }
  return `removed ${removed} that nobody uses`;
}
