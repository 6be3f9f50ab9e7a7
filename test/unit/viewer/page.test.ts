import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer } from './open-viewer.ts';

const answersIn = async (response: Response): Promise<Record<string, unknown>> =>
  JSON.parse(/<script>([^]*)<\/script>/.exec(await response.text())?.[1] ?? '') as Record<string, unknown>;

describe('the page comes with the answers that it would ask for first', () => {
  test('the same as those that it would get', () =>
    withRepo(async (repo) => {
      const [run] = await makeFakeRuns(repo, { count: 3 });
      const expected = new Map([
        ['/', ['/api/info', '/api/branches', '/api/commits?branch=HEAD&page=0']],
        ['/?branch=main', ['/api/info', '/api/branches', '/api/commits?branch=main&page=0']],
        ['/?text=a', ['/api/info', '/api/branches']],
        ['/runs?branch=main', ['/api/info', '/api/branches', '/api/runs?branch=main']],
        ['/trends', ['/api/info']],
        [`/jci/${run?.commit}/${run?.runId}`, ['/api/info', `/api/commit/${run?.commit}/${run?.runId}`]],
        [`/jci/${run?.commit}/${run?.runId}/run.output.txt`, ['/api/info', `/api/commit/${run?.commit}/${run?.runId}`]],
        [`/jci/${run?.commit}`, ['/api/info', `/api/commit/${run?.commit}`]],
      ]);
      await withViewer(repo, async (viewer) => {
        for (const [path, urls] of expected) {
          const answers = await answersIn(await viewer.get(path));
          expect(Object.keys(answers)).toEqual(urls);
          for (const url of urls) expect(answers[url]).toEqual(await viewer.json(url));
        }
      });
    }));

  test('and without those that are no success', () =>
    withRepo((repo) =>
      withViewer(repo, async (viewer) => {
        const response = await viewer.get('/?branch=gone');
        expect(response.status).toBe(200);
        expect(Object.keys(await answersIn(response))).toEqual(['/api/info', '/api/branches']);
      }),
    ));

  test('and without those that are long: the page is there before them', () =>
    withRepo(async (repo) => {
      await repo.jci('run');
      const [ref = ''] = await repo.refs();
      await withViewer(repo, async (viewer) => {
        const path = ref.slice('refs/jci-runs/'.length);
        expect(Object.keys(await answersIn(await viewer.get(`/jci/${path}`)))).toEqual(['/api/info']);
        expect(await viewer.json(`/api/commit/${path}`)).toMatchObject({ status: 'success' });
      });
    }, { script: 'for i in {1..6000}; do : > "some-name-that-is-long-enough-to-make-a-difference-$i.txt"; done' }));

  test('and nothing in them ends the element that they stand in', () =>
    withRepo(async (repo) => {
      const subject = "</script><script>alert(1)</script><!-- $' $& -->";
      await repo.commit({ 'a.txt': 'a' }, subject);
      await withViewer(repo, async (viewer) => {
        const text = await (await viewer.get('/')).text();
        expect(text.split('</script')).toHaveLength(2);
        expect(text).not.toContain('<!--');
        const { ['/api/commits?branch=HEAD&page=0']: answer } = JSON.parse(/<script>([^]*)<\/script>/.exec(text)?.[1] ?? '') as Record<string, { commits: { message: string }[] }>;
        expect(answer?.commits[0]?.message).toBe(subject);
      });
    }));

  test('before the first commit too', () =>
    withRepo(
      (repo) =>
        withViewer(repo, async (viewer) => {
          await repo.git('checkout', '--quiet', '--orphan', 'unborn');
          const answers = await answersIn(await viewer.get('/'));
          expect(answers['/api/commits?branch=HEAD&page=0']).toEqual({ branch: 'HEAD', page: 0, pageSize: 100, hasMore: false, commits: [] });
        }),
    ));
});

test('who asks for a page that is not there gets one that says so, and all others a problem', () =>
  withRepo((repo) =>
    withViewer(repo, async (viewer) => {
      const ask = async (path: string, accept: string): Promise<unknown> => {
        const { status, headers } = await viewer.get(path, { accept });
        return [status, headers.get('content-type')?.replace(/;.*/, '')];
      };
      expect(await ask('/nothing/here', 'text/html,*/*;q=0.8')).toEqual([404, 'text/html']);
      expect(await ask('/nothing/here', '*/*')).toEqual([404, 'application/json']);
      expect(await ask('/api/nothing', 'text/html')).toEqual([404, 'application/json']);
    }),
  ));
