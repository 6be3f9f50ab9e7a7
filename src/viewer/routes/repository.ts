import { basename, dirname } from 'node:path';
import { Hono } from 'hono';
import { branches, info } from '../../api/repository.ts';
import { version } from '../../base/version.ts';
import { currentBranch } from '../../git/revisions.ts';
import { readOwnResults } from '../../store/own-results.ts';
import { answer } from '../http/answer.ts';
import type { ViewerParts } from '../parts.ts';
import { readScriptIds } from '../results/commit-heads.ts';

/** `/api/branches` and `/api/info`. */
export function repositoryRoutes({ repo, index, objects, actions }: ViewerParts): Hono {
  const name = basename(repo.workTree ?? (basename(repo.commonDir) === '.git' ? dirname(repo.commonDir) : repo.commonDir));
  const app = new Hono();
  app
    .get('/api/branches', async (c) => {
      const [{ branches: tips }, current] = await Promise.all([index.read(), currentBranch(repo)]);
      const list = [...tips].map(([branch, head]) => ({ name: branch, isRemote: false, current: branch === current, head }));
      return answer(c, branches, list);
    })
    .get('/api/info', async (c) => {
      const [{ runs, state }, branch, [head], [script]] = await Promise.all([
        index.read(),
        currentBranch(repo),
        objects.read(['HEAD^{commit}']),
        readScriptIds(objects, ['HEAD']),
      ]);
      return answer(c, info, {
        name,
        branch: branch ?? null,
        head: head?.id ?? null,
        hasScript: script !== undefined,
        runs: runs.length,
        pruned: runs.length === 0 && hasMadeResults(repo.commonDir),
        canRun: actions !== undefined,
        version,
        refs: state,
      });
    });
  return app;
}

/** The list of results that were made here outlives them. It is gone if somebody deleted `.git/jci`: then nobody knows. */
const hasMadeResults = (commonDir: string): boolean => [...readOwnResults(commonDir)].some((id) => id !== '');
