import { expect, test } from 'vitest';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';

interface Page {
  commits: { message: string }[];
}

const subjects = async (viewer: OpenViewer, query: string): Promise<string[]> =>
  ((await viewer.json(`/api/commits?branch=main${query}`)) as Page).commits.map(({ message }) => message);

test('a filter by verdict goes by what the list shows: also runs of the same tree, as jci.trust has it', () =>
  withRepo(
    async (repo) => {
      const own = await repo.git('log', '-1', '--format=%s');
      await repo.jci('run', '-q');
      await repo.git('commit', '--quiet', '--allow-empty', '--message=same');
      await repo.commit({ file: 'other' });
      const other = await repo.git('log', '-1', '--format=%s');
      await withViewer(repo, async (viewer) => {
        expect(await subjects(viewer, '&verdict=success')).toEqual(['same', own]);
        expect(await subjects(viewer, '&verdict=none')).toEqual([other]);
        expect(await subjects(viewer, '&verdict=failed')).toEqual([]);
        for (const verdict of ['success', 'none', 'failed']) {
          const { headers } = await viewer.get(`/api/commits?branch=main&verdict=${verdict}`);
          expect([verdict, headers.get('etag')]).toEqual([verdict, null]);
        }
        await repo.git('config', 'jci.trust', 'signed');
        expect(await subjects(viewer, '&verdict=none')).toEqual([other, 'same']);
      });
    },
    { script: 'true' },
  ));

test('a dirty run that passed does not hide that its commit failed', () =>
  withRepo(
    async (repo) => {
      const subject = await repo.git('log', '-1', '--format=%s');
      await repo.jci('run', '-q');
      repo.write('pass', '');
      const { exitCode } = await repo.jci('run', '-q');
      expect(exitCode).toBe(0);
      await withViewer(repo, async (viewer) => {
        expect(await subjects(viewer, '&verdict=success')).toEqual([]);
        expect(await subjects(viewer, '&verdict=failed')).toEqual([subject]);
        expect(await viewer.json('/api/commits?branch=main')).toMatchObject({ commits: [{ ciStatus: 'failed', runs: [{ dirty: true, status: 'success' }, { dirty: false }] }] });
      });
    },
    { script: 'test -e "$JCI_REPO_ROOT/pass"' },
  ));

test('a search is for one line', () =>
  withRepo(async (repo) => {
    for (const message of ['one', 'two', 'two one']) await repo.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    await withViewer(repo, async (viewer) => {
      expect(await subjects(viewer, '&text=ONE')).toEqual(['two one', 'one']);
      for (const query of ['text=one%0Atwo', 'text=a%00b', 'author=%00', 'author=a%0A']) {
        const { status } = await viewer.get(`/api/commits?branch=main&${query}`);
        expect([query, status]).toEqual([query, 400]);
      }
    });
  }));
