import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWeb } from '../helpers/web-server.ts';

describe('git jci web', () => {
  test('prints where it is, and ends at once on Ctrl-C whoever is connected', () =>
    withRepo(
      async (repo) => {
        const { url, process } = await startWeb(repo);
        expect(process.stdout()).toBe(`${url}/\n`);
        const open = (path: string): Promise<void> =>
          new Promise((resolve, reject) => {
            const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', reject);
            socket.once('data', () => resolve());
            socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n`);
          });
        await Promise.all([open('/'), open('/api/events'), open('/api/commits?branch=main')]);
        process.kill('SIGINT');
        expect(await process.exit()).toMatchObject({ exitCode: 0, stderr: 'Ctrl-C ends it\n' });
      },
      { script: 'true' },
    ));

  test('opens the page, tells when nothing can, and warns when others can reach it', () =>
    withRepo(
      async (repo) => {
        repo.write('../bin/wslview', `#!/bin/sh\necho "$1" > '${repo.root}/opened'\n`, { executable: true });
        const { url } = await startWeb(repo, '--open');
        expect(await waitFor(async () => (await repo.exec('cat', [`${repo.root}/opened`])).stdout)).toBe(`${url}/\n`);
        const node = (await repo.exec('sh', ['-c', 'command -v node'])).stdout.trim();
        await repo.exec('sh', ['-c', `mkdir ../few && ln -s "$(command -v git)" ${node} ../few/`]);
        const other = await startWeb(repo.at('.', { PATH: `${repo.root}/few` }), '--open', '--host', '0.0.0.0');
        expect(other.process.stderr()).toContain('--open: neither wslview nor xdg-open nor open is here');
        expect(other.process.stderr()).toContain('can start and cancel runs');
        expect((await repo.jci('web', 'x')).exitCode).toBe(2);
      },
      { script: 'true' },
    ));
});

interface Page {
  hasMore: boolean;
  commits: { hash: string; ciStatus: string; runs: unknown[]; sameTree: { runId: string } | null }[];
}

describe('the API', () => {
  test('gives commits in pages of 100, filtered, and 304 to whoever has them', () =>
    withRepo(async (repo) => {
      await makeFakeRuns(repo, { count: 130, failEvery: 10 });
      const { ask, json } = await startWeb(repo);
      const page = async (query: string): Promise<Page> => (await json(`/api/commits?branch=main${query}`)) as Page;
      const [first, second] = [await page(''), await page('&page=1')];
      expect([first.commits.length, first.hasMore, second.commits.length, second.hasMore]).toEqual([100, true, 30, false]);
      expect(new Set([...first.commits, ...second.commits].map(({ hash }) => hash)).size).toBe(130);
      const failed = await page('&verdict=failed');
      expect([failed.commits.length, failed.commits.every(({ ciStatus }) => ciStatus === 'failed')]).toEqual([13, true]);
      expect((await page('&text=change%2012%20')).commits).toHaveLength(1);
      expect((await page('&author=nobody')).commits).toHaveLength(0);
      const { headers } = await ask('/api/commits?branch=main');
      const again = { headers: { 'If-None-Match': headers.etag ?? '' } };
      expect((await ask('/api/commits?branch=main', again)).status).toBe(304);
      expect((await ask('/api/commits?branch=main&page=1', again)).status).toBe(200);
      await repo.git('update-ref', '-d', (await repo.refs())[0] ?? '');
      await waitFor(async () => (await ask('/api/commits?branch=main', again)).status === 200, { what: 'the change of refs' });
      for (const query of ['&page=-1', '&page=x', '&verdict=blue']) expect((await ask(`/api/commits?branch=main${query}`)).status).toBe(400);
    }));

  test('gives recent runs in pages, those of commits that are gone too, and a commit by a prefix', () =>
    withRepo(
      async (repo) => {
        const runs = await makeFakeRuns(repo, { count: 120, commits: 'gone' });
        const { json, ask } = await startWeb(repo);
        const first = (await json('/api/runs')) as { runs: { runId: string; subject: null }[]; next: string };
        const second = (await json(`/api/runs?before=${first.next}`)) as { runs: { runId: string }[]; next: null };
        expect([...first.runs, ...second.runs].map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
        expect([first.runs[0]?.subject, second.next]).toEqual([null, null]);
        const { commit = '', runId = '' } = runs[0] ?? {};
        expect(await json(`/api/commit/${commit.slice(0, 12)}`)).toMatchObject({ hash: commit, runId, author: '', message: '' });
        expect((await ask(`/api/commit/${'0'.repeat(12)}`)).status).toBe(404);
        expect(await json('/api/branches')).toMatchObject([{ name: 'main', current: true }]);
      },
      { script: 'true' },
    ));

  test('gives a commit the run of the same tree', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.git('commit', '--quiet', '--allow-empty', '--message=same');
        const { json } = await startWeb(repo);
        const { commits } = (await json('/api/commits?branch=main')) as Page;
        expect([commits[0]?.runs.length, commits[0]?.sameTree?.runId]).toEqual([0, (await repo.refs())[0]?.split('/').at(-1)]);
      },
      { script: 'true' },
    ));

  test('goes by runs of the same tree as jci.trust has it, whenever that changes', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        // As it is pulled: a result that was not made here.
        const pulled = await repo.git('commit-tree', '-m', await repo.git('log', '-1', '--format=%B', ref), `${ref}^{tree}`, '-p', 'HEAD');
        await repo.git('update-ref', ref, pulled);
        await repo.git('commit', '--quiet', '--allow-empty', '--message=same');
        const { ask } = await startWeb(repo);
        let tag = '';
        const sameTree = async (): Promise<string | undefined> => {
          const { status, headers, body } = await ask('/api/commits?branch=main', { headers: { 'If-None-Match': tag } });
          tag = headers.etag ?? '';
          expect(status).toBe(200);
          return (JSON.parse(body.toString('utf8')) as Page).commits[0]?.sameTree?.runId;
        };
        const runId = ref.split('/').at(-1);
        for (const [trust, expected] of [['any', runId], ['own', undefined], ['signed', undefined], ['any', runId]] as const) {
          await repo.git('config', 'jci.trust', trust);
          expect([trust, await sameTree()]).toEqual([trust, expected]);
          expect([trust, (await repo.jci('log', '-n', '1', '--json')).stdout.includes('"passed"')]).toEqual([trust, expected !== undefined]);
        }
      },
      { script: 'true' },
    ));
});
