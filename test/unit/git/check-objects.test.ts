import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { checkObjects } from '../../../src/git/check-objects.ts';
import { gitPlace } from '../../../src/git/exec.ts';
import { withRepo } from '../../helpers/repo.ts';

test.each(['sha1', 'sha256'] as const)('of a long message nothing is kept, and it is hashed all the same: %s', (objectFormat) =>
  withRepo(
    async (repo) => {
      const tree = await repo.git('write-tree');
      const message = 'a line that is there very often\n'.repeat(200_000);
      const commit = (await repo.exec('git', ['commit-tree', tree], message)).stdout.trim();
      await repo.git('tag', '--annotate', '--cleanup=verbatim', '--message=a tag', 'tag', commit);
      const tag = await repo.git('rev-parse', 'tag');
      const place = gitPlace({ ...systemContext(), env: repo.env, cwd: repo.path }, repo.path);
      const told: [string, string, string][] = [];
      const faults = await checkObjects(place, {
        format: objectFormat,
        ids: [commit, tag],
        next(id, type, body) {
          told.push([id, type, body.toString('latin1').slice(0, `tree ${tree}\n`.length)]);
          expect(body.length).toBeLessThan(100);
          return [];
        },
      });
      expect(faults).toEqual(new Map());
      expect(told).toEqual([[commit, 'commit', `tree ${tree}\n`], [tag, 'tag', '']]);
    },
    { objectFormat },
  ),
);
