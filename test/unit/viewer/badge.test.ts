import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer } from './open-viewer.ts';

test('a badge follows the settings, not only the refs', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      let now = 0;
      await withViewer(
        repo,
        async (viewer) => {
          for (const path of ['/api/badge?branch=main', '/api/badge']) {
            await repo.git('config', 'jci.trust', 'any');
            now += 2000;
            expect(await (await viewer.get(path)).text()).toContain('passed');
            await repo.git('config', 'jci.trust', 'signed');
            now += 2000;
            expect(await (await viewer.get(path)).text()).not.toContain('passed');
          }
        },
        { elapsed: () => now },
      );
    },
    { script: 'true' },
  ));

test('a badge of HEAD follows HEAD', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      await withViewer(repo, async (viewer) => {
        const badge = async (query = ''): Promise<string> => (await viewer.get(`/api/badge${query}`)).text();
        expect(await badge()).toContain('passed');
        await repo.commit({ a: '1' });
        expect(await badge()).not.toContain('passed');
        await repo.git('checkout', '-q', '--detach', 'HEAD~1');
        expect(await badge()).toContain('passed');
        expect((await viewer.get('/api/badge?branch=none')).status).toBe(404);
      });
    },
    { script: 'true' },
  ));

test('before the first commit there is a badge too', () =>
  withRepo((repo) => withViewer(repo, async (viewer) => expect((await viewer.get('/api/badge')).status).toBe(200))));

test('the script itself is not read', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const script = await repo.git('rev-parse', 'HEAD:.jci/run.sh');
      rmSync(join(repo.path, '.git', 'objects', script.slice(0, 2), script.slice(2)));
      await withViewer(repo, async (viewer) => expect(await (await viewer.get('/api/badge')).text()).toContain('passed'));
    },
    { script: 'true' },
  ));
