import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { openResults } from '../../../src/store/open-results.ts';
import { withRepo } from '../../helpers/repo.ts';

test('a result whose message is too long is read once: then it is known by the name it was asked for', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const [good = ''] = await repo.refs();
      const { stdout } = await repo.exec('git', ['commit-tree', `${good}^{tree}`], 'x'.repeat(2 * 1024 * 1024));
      const result = stdout.trim();
      const ref = `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/4000000000-abcd`;
      await repo.git('update-ref', ref, result);
      const repository = await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
      const open = async (): Promise<unknown[]> => [...(await openResults(repository, [ref, good])).results].sort().map(([name, { summary, ...rest }]) => [name, rest, summary?.status]);
      const opened = await open();
      expect(opened).toContainEqual([ref, { result }, undefined]);
      expect(opened).toContainEqual([good, { result: await repo.git('rev-parse', good) }, 'ok']);
      rmSync(join(repo.path, '.git/objects', result.slice(0, 2), result.slice(2)));
      expect(await open()).toEqual(opened);
      expect((await openResults(repository, [result])).results.size).toBe(0);
      rmSync(join(repo.path, '.git/jci/cache'), { recursive: true });
      expect(await open()).toHaveLength(1);
      expect(existsSync(join(repo.path, '.git/jci/cache'))).toBe(false);
    },
    { script: 'true' },
  ));
