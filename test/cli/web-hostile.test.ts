import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWeb } from '../helpers/web-server.ts';

const childrenOf = (pid: number): string[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);

describe('the server', () => {
  test('knows only its own names', () =>
    withRepo(
      async (repo) => {
        const { ask } = await startWeb(repo);
        for (const Host of ['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.evil.example']) {
          expect([Host, (await ask('/', { headers: { Host } })).status]).toEqual([Host, 421]);
        }
        for (const Host of ['localhost:1', '127.0.0.1', '[::1]:80']) expect([Host, (await ask('/', { headers: { Host } })).status]).toEqual([Host, 200]);
      },
      { script: 'true' },
    ));

  test('lets other sites show badges and ask for nothing else', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { ask } = await startWeb(repo);
        const headers = { 'Sec-Fetch-Site': 'cross-site' };
        const badge = await ask('/api/badge?branch=main&label=%3Cscript%3E', { headers });
        expect([badge.status, badge.headers['cross-origin-resource-policy']]).toEqual([200, 'cross-origin']);
        expect(badge.body.toString()).toContain('>&lt;script&gt;</text>');
        expect(badge.body.toString()).toContain('passed');
        expect((await ask('/api/badge?branch=main&label=%3Cscript%3E', { headers: { 'If-None-Match': badge.headers.etag ?? '' } })).status).toBe(304);
        expect((await ask('/api/badge?branch=--output=x')).status).toBe(404);
        for (const path of ['/api/info', '/api/branches', '/api/commits?branch=main']) expect((await ask(path, { headers })).status).toBe(403);
        const own = await ask('/api/info');
        expect([own.status, own.headers['cross-origin-resource-policy'], own.headers['access-control-allow-origin']]).toEqual([200, 'same-origin', undefined]);
      },
      { script: 'true' },
    ));

  test('takes no words for options', () =>
    withRepo(
      async (repo) => {
        const { ask } = await startWeb(repo);
        for (const name of ['--output=x', '-h', '--all', 'main;touch x', 'main\n--all']) {
          expect([name, (await ask(`/api/commits?branch=${encodeURIComponent(name)}`)).status]).toEqual([name, 404]);
        }
        expect((await ask(`/api/commits?branch=main&author=${encodeURIComponent('--output=x')}&text=${encodeURIComponent('$(touch y)')}`)).status).toBe(200);
        for (const given of ['--batch', 'HEAD', '%00', '..']) expect((await ask(`/api/commit/${given}`)).status).toBeGreaterThanOrEqual(400);
        expect(await repo.git('status', '--porcelain')).toBe('');
      },
      { script: 'true' },
    ));

  test('tells of a result whose objects are missing, and of one that is garbage', () =>
    withRepo(
      async (repo) => {
        const head = await repo.git('rev-parse', 'HEAD');
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const garbage = await repo.git('commit-tree', '-m', 'no result', `${head}^{tree}`);
        repo.write('jci.json', '{"version": [[[');
        const blob = await repo.git('hash-object', '-w', 'jci.json');
        const tree = (await repo.exec('git', ['mktree'], `100644 blob ${blob}\tjci.json\n`)).stdout.trim();
        const wrong = await repo.git('commit-tree', '-m', 'no result', tree);
        await repo.git('update-ref', `refs/jci-runs/${head}/1700000000-0001`, garbage);
        await repo.git('update-ref', `refs/jci-runs/${head}/1700000000-0002`, wrong);
        await repo.exec('sh', ['-c', `mkdir -p .git/refs/jci-runs/${head} && echo ${'12'.repeat(20)} > .git/refs/jci-runs/${head}/1700000000-0003`]);
        const { ask, json, process } = await startWeb(repo);
        const { commits } = (await json('/api/commits?branch=main')) as { commits: { runs: { runId: string; problem: string | null }[] }[] };
        expect(commits[0]?.runs.map(({ runId, problem }) => [runId, problem === null])).toEqual([
          [ref.split('/').at(-1), true],
          ['1700000000-0003', false],
          ['1700000000-0002', false],
          ['1700000000-0001', false],
        ]);
        for (const id of ['1', '2', '3']) {
          expect((await ask(`/api/commit/${head}/1700000000-000${id}`)).status).toBe(200);
          expect((await ask(`/jci/${head}/1700000000-000${id}/run.output.txt/raw`)).status).toBeGreaterThanOrEqual(400);
        }
        expect((await ask(`/api/archive/${head}/1700000000-0003.zip`)).status).toBe(409);
        expect(process.stderr()).toBe('Ctrl-C ends it\n');
      },
      { script: 'true' },
    ));

  test('says so while the repository is not there, and works again when it is back', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [, , commit = '', runId = ''] = (await repo.refs())[0]?.split('/') ?? [];
        const { ask, post, process } = await startWeb(repo);
        const paths = ['/api/info', '/api/branches', '/api/commits?branch=main', '/api/runs', `/api/commit/${commit}`, `/jci/${commit}/${runId}/run.output.txt/raw`, '/api/badge'];
        const statuses = (): Promise<number[]> => Promise.all(paths.map(async (path) => (await ask(path)).status));
        expect(new Set(await statuses())).toEqual(new Set([200]));
        await repo.exec('cp', ['-a', repo.path, `${repo.root}/copy`]);
        await repo.at(repo.root).exec('rm', ['-rf', repo.path]);
        expect(new Set(await statuses())).toEqual(new Set([503]));
        expect((await post(`/api/rerun/${runId}`)).status).toBe(503);
        expect((await ask('/')).status).toBe(200);
        renameSync(`${repo.root}/copy`, repo.path);
        expect(new Set(await statuses())).toEqual(new Set([200]));
        expect(process.stderr()).toBe('Ctrl-C ends it\n');
      },
      { script: 'true' },
    ));

  test('goes on without the worktree that it was started in, and with it when it is back', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const head = await repo.git('rev-parse', 'HEAD');
        const [, , , runId = ''] = (await repo.refs())[0]?.split('/') ?? [];
        const path = join(repo.root, 'worktree');
        await repo.git('worktree', 'add', '-q', '-b', 'side', path);
        const other = await repo.at(path).commit({ a: '1' });
        const { ask, json, post, process } = await startWeb(repo.at(path));
        const paths = ['/api/branches', '/api/commits?branch=HEAD', '/api/runs', `/api/commit/${head}`, `/jci/${head}/${runId}/run.output.txt/raw`, '/api/badge'];
        const statuses = (): Promise<Set<number>> => Promise.all(paths.map(async (asked) => (await ask(asked)).status)).then((all) => new Set(all));
        expect([await json('/api/info'), await statuses()]).toMatchObject([{ head: other, branch: 'side', canRun: true }, new Set([200])]);
        renameSync(path, join(repo.root, 'away'));
        expect([await json('/api/info'), await statuses()]).toMatchObject([{ head, branch: 'main', canRun: false }, new Set([200])]);
        expect((await post(`/api/rerun/${runId}`)).status).toBe(409);
        renameSync(join(repo.root, 'away'), path);
        expect(await json('/api/info')).toMatchObject({ head: other, branch: 'side', canRun: true });
        await repo.git('worktree', 'remove', path);
        expect([await json('/api/info'), await statuses()]).toMatchObject([{ head, branch: 'main' }, new Set([200])]);
        expect(process.stderr()).toBe('Ctrl-C ends it\n');
      },
      { script: 'true' },
    ));

  test('answers 10,000 requests over 2,000 connections with bounded memory and few git processes', () =>
    withRepo(
      async (repo) => {
        for (let runs = 0; runs < 2; runs++) await repo.jci('run', '-q');
        const [one = '', other = ''] = (await repo.refs()).map((ref) => ref.slice('refs/jci-runs/'.length));
        const [commit = ''] = one.split('/');
        const { ask, process } = await startWeb(repo);
        const common = ['/api/commits?branch=main', `/api/commit/${commit}`, `/jci/${one}/run.output.txt/raw`, '/api/branches', '/api/runs'];
        // What takes more than a look into memory. The comparisons come first, all at once.
        const compared = `/api/compare/log?a=${one}&b=${other}`;
        const rare = [
          { path: `/files/${one}/large`, each: 150 },
          { path: '/', each: 100 },
          { path: '/api/badge', each: 40 },
        ];
        const pathOf = (n: number): string => (n < 40 ? compared : (rare.find(({ each }) => n % each === 0)?.path ?? common[n % common.length] ?? ''));
        let most = 0;
        const looking = setInterval(() => (most = Math.max(most, childrenOf(process.pid).length)), 10);
        const agent = new Agent({ maxSockets: 2000, keepAlive: true });
        const statuses = await Promise.all(Array.from({ length: 10_000 }, async (_, n) => `${pathOf(n)} ${(await ask(pathOf(n), { agent })).status}`));
        clearInterval(looking);
        agent.destroy();
        expect([...new Set(statuses)].sort()).toEqual([...common, compared, ...rare.map(({ path }) => path)].map((path) => `${path} 200`).sort());
        // 16 that write what is long, 2 comparisons of 2 each, and those that all requests share.
        expect(most).toBeGreaterThan(0);
        expect(most).toBeLessThan(32);
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1];
        expect(Number(peak)).toBeLessThan(700 * 1024);
        const children = async (): Promise<string> => (await repo.exec('ps', ['-o', 'args=', '--ppid', String(process.pid)])).stdout;
        await waitFor(async () => (await children()).split('\n').filter((line) => line.includes('cat-file blob')).length === 0, { what: 'git to end' });
      },
      { script: 'head -c 1000000 /dev/zero > large' },
    ), 120_000);

  test('holds little for readers that do not read, and answers the others', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [, , commit = '', runId = ''] = (await repo.refs())[0]?.split('/') ?? [];
        const { url, ask, process } = await startWeb(repo);
        const path = `/files/${commit}/${runId}/large`;
        const rest = async (): Promise<Socket> => {
          const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
          socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
          await once(socket, 'readable');
          return socket;
        };
        // One less than may have a git process at a time.
        const sockets = await Promise.all(Array.from({ length: 15 }, rest));
        expect((await ask(path)).body).toHaveLength(100_000_000);
        expect((await ask('/api/commits?branch=main')).status).toBe(200);
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1];
        // All of them together asked for 1.5 GB.
        expect(Number(peak)).toBeLessThan(400 * 1024);
        for (const socket of sockets) socket.destroy();
        expect(process.stderr()).toBe('Ctrl-C ends it\n');
      },
      { script: 'head -c 100000000 /dev/zero > large' },
    ));
});
