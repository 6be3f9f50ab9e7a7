import { existsSync } from 'node:fs';
import type { Repository } from '../../git/repository.ts';
import type { Viewer } from '../../viewer/create-viewer.ts';

/**
 * A viewer that goes on when the worktree it was started in is removed: from then on it shows what all worktrees share, and nothing can be run. When the
 * worktree is back, all is as before. Whoever hears of changes then loses the connection, and comes again.
 */
export function createLastingViewer(repo: Repository, open: (repo: Repository) => Viewer): Viewer {
  let here = true;
  let viewer = open(repo);
  return {
    fetch(request, connection) {
      if (isHere(repo) !== here) {
        here = !here;
        viewer.close();
        viewer = open(here ? repo : withoutWorktree(repo));
      }
      return viewer.fetch(request, connection);
    },
    close: () => viewer.close(),
  };
}

/** Where all is gone there is nothing that we could go on with: the viewer itself waits until it is back. */
const isHere = ({ cwd, gitDir, commonDir }: Repository): boolean => (existsSync(cwd) && existsSync(gitDir)) || !existsSync(commonDir);

const withoutWorktree = (repo: Repository): Repository => ({
  ...repo,
  cwd: repo.commonDir,
  gitDir: repo.commonDir,
  env: { ...repo.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined },
  workTree: undefined,
  head: undefined,
});
