import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWeb } from '../helpers/web-server.ts';

const script = `#!/bin/bash
mkdir -p report d
echo '<script>document.title = 1</script>' > report/index.html
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' > report/a.svg
echo hi > 'report/<img src=x onerror=alert(1)>.txt'
printf x > $'latin\\xe9.txt'
echo q > 'c#?%.txt'
ln -s /etc/passwd report/link
echo '*.txt export-ignore' > report/.gitattributes
echo '* ident text eol=crlf filter=evil' >> report/.gitattributes
echo '$Id$' > report/id.sh
echo x > d/raw
echo y > plain
head -c 3000000 /dev/zero > big.bin
`;

async function runOnce(repo: TestRepo): Promise<{ base: string; commit: string; runId: string }> {
  expect((await repo.jci('run', '-q')).exitCode).toBe(0);
  const [, , commit = '', runId = ''] = (await repo.refs())[0]?.split('/') ?? [];
  return { base: `/jci/${commit}/${runId}`, commit, runId };
}

const withServer = (body: (repo: TestRepo, run: Awaited<ReturnType<typeof runOnce>>, web: Awaited<ReturnType<typeof startWeb>>) => Promise<void>): Promise<void> =>
  withRepo(async (repo) => body(repo, await runOnce(repo), await startWeb(repo)), { script });

describe('the files of a result', () => {
  test('come byte for byte, also those with names that mean something to a browser or are no UTF-8', () =>
    withServer(async (repo, { base, commit }, { ask, json }) => {
      const { run } = (await json(`/api/commit/${commit}`)) as { run: { artefacts: { path: string; href: string; id: string }[] } };
      expect(run.artefacts.map(({ path }) => path)).toContain('report/<img src=x onerror=alert(1)>.txt');
      for (const { href, id } of run.artefacts.filter(({ href }) => href !== 'd/raw')) {
        const answer = await ask(`${base}/${href}/raw`);
        expect([href, answer.status, answer.headers.etag?.endsWith(`.${id}"`), answer.headers['x-content-type-options']]).toEqual([href, 200, true, 'nosniff']);
        const stored = await repo.exec('git', ['cat-file', 'blob', id]);
        expect(answer.body.equals(stored.stdoutBytes)).toBe(true);
        expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
      }
    }));

  test('run no script outside a sandbox of their own run', () =>
    withServer(async (_repo, { base, commit, runId }, { url, ask }) => {
      for (const path of ['report/index.html', 'report/a.svg']) {
        const policy = (await ask(`${base}/${path}/raw`)).headers['content-security-policy'] ?? '';
        expect(policy).toMatch(/^sandbox allow-scripts; /);
        expect(policy).toContain(`default-src ${url}/files/${commit}/${runId}/ ${url}${base}/ data: blob: 'unsafe-inline';`);
        expect(policy).toContain("connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'");
      }
      // No source of a policy can name such an address.
      const onIpv6 = (await ask(`${base}/report/index.html/raw`, { headers: { Host: '[::1]:1' } })).headers['content-security-policy'];
      expect(onIpv6).toContain("sandbox allow-scripts; default-src 'self' data: blob: 'unsafe-inline'; connect-src 'none';");
      const plain = await ask(`${base}/plain/raw`);
      expect(plain.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
      const binary = await ask(`/files/${commit}/${runId}/big.bin`, { method: 'HEAD' });
      expect(binary.headers).toMatchObject({ 'content-disposition': "attachment; filename=\"big.bin\"; filename*=UTF-8''big.bin", 'content-length': '3000000' });
      expect(binary.body).toHaveLength(0);
    }));

  test('stay in their sandbox when they are told unchanged', () =>
    withServer(async (_repo, { base, commit, runId }, { ask }) => {
      for (const path of [`${base}/report/index.html/raw`, `${base}/report/a.svg/raw`, `${base}/plain/raw`, `/files/${commit}/${runId}/report/index.html`]) {
        const { headers } = await ask(path);
        const again = await ask(path, { headers: { 'If-None-Match': headers.etag ?? '' } });
        expect([path, again.status]).toEqual([path, 304]);
        for (const name of ['content-security-policy', 'content-disposition', 'cross-origin-resource-policy', 'x-content-type-options', 'cache-control']) {
          expect([path, name, again.headers[name]]).toEqual([path, name, headers[name]]);
        }
      }
    }));

  test('are told unchanged to whoever has them, and without a run id are those of the newest run', () =>
    withServer(async (_repo, { commit, base }, { ask }) => {
      const { headers } = await ask(`${base}/plain/raw`);
      expect((await ask(`${base}/plain/raw`, { headers: { 'If-None-Match': headers.etag ?? '' } })).status).toBe(304);
      expect((await ask(`/jci/${commit}/plain/raw`)).body.toString()).toBe('y\n');
      expect((await ask(`/jci/${commit.slice(0, 8)}/plain/raw`)).body.toString()).toBe('y\n');
      expect((await ask(`${base}/d/raw/raw`)).body.toString()).toBe('x\n');
      expect((await ask(`${base}/d/raw`)).headers['content-type']).toContain('text/html');
    }));

  test('are links as text, never what they lead to', () =>
    withServer(async (_repo, { base }, { ask }) => {
      const link = await ask(`${base}/report/link/raw`);
      expect([link.body.toString(), link.headers['content-type']]).toEqual(['/etc/passwd', 'text/plain; charset=utf-8']);
    }));

  test('are nothing that a path makes of them', () =>
    withServer(async (_repo, { base, commit, runId }, { ask }) => {
      const bad = ['%00', 'plain%00', '%zz', 'a%'];
      for (const path of bad) expect([path, (await ask(`${base}/${path}/raw`)).status]).toEqual([path, 400]);
      const wrong = ['report', 'nowhere', '..%2f..%2f..%2f.git%2fconfig', '%2e%2e%2f%2e%2e%2fHEAD', 'report%2f..%2fplain', './/plain', '%5c..%5cplain', '/plain', '.git/config'];
      for (const path of wrong) expect([path, (await ask(`${base}/${path}/raw`)).status]).toEqual([path, 404]);
      for (const path of ['../../../../etc/passwd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '..%5c..%5cetc/passwd']) {
        const answer = await ask(`/files/${commit}/${runId}/${path}`);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.body.toString()).not.toContain('root:');
      }
      expect((await ask(`/jci/${'0'.repeat(40)}/plain/raw`)).status).toBe(404);
    }));
});

test('a commit of another repository is no artefact: nothing of it is here', () =>
  withServer(async (repo, { base, commit, runId }, { ask, json }) => {
    const [ref = ''] = await repo.refs();
    const tree = (await repo.exec('git', ['mktree'], `${await repo.git('ls-tree', ref)}\n160000 commit ${commit}\tmodule\n`)).stdout.trim();
    await repo.git('update-ref', ref, await repo.git('commit-tree', tree, '-m', await repo.git('log', '-1', '--format=%B', ref)));
    const { files } = (await json(`/api/commit/${commit}/${runId}`)) as { files: string[] };
    expect(files).toContain('plain');
    expect(files).not.toContain('module');
    expect((await ask(`${base}/module/raw`)).status).toBe(404);
  }));

describe('an archive of a run', () => {
  test('that cannot be ended is cut off, and said in one line', () =>
    withServer(async (repo, { commit, runId }, { ask, process }) => {
      const [ref = ''] = await repo.refs();
      const files = `${await repo.git('ls-tree', ref)}\n100644 blob ${'12'.repeat(20)}\tlost\n`;
      const tree = (await repo.exec('git', ['mktree', '--missing'], files)).stdout.trim();
      await repo.git('update-ref', ref, await repo.git('commit-tree', tree, '-m', await repo.git('log', '-1', '--format=%B', ref)));
      await expect(ask(`/api/archive/${commit}/${runId}.tar`)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
      await waitFor(() => Promise.resolve(process.stderr().includes('git archive failed')), { what: 'a word about it' });
      expect(process.stderr()).not.toMatch(/\n +at |undefined/);
      expect((await ask('/')).status).toBe(200);
    }));

  test('has every file as it is, whatever attributes and filters say', () =>
    withServer(async (repo, { commit, runId }, { ask }) => {
      await repo.git('config', 'filter.evil.smudge', `touch ${join(repo.root, 'ran')}; cat`);
      await repo.git('config', '--global', 'tar.tar.command', `touch ${join(repo.root, 'ran')}; cat`);
      const { body, headers } = await ask(`/api/archive/${commit}/${runId}.tar`);
      expect(headers['content-disposition']).toBe(`attachment; filename="${commit.slice(0, 7)}-${runId}.tar"`);
      repo.write('a.tar', body);
      expect((await repo.exec('tar', ['xf', 'a.tar'])).exitCode).toBe(0);
      const folder = `${commit.slice(0, 7)}-${runId}`;
      expect(repo.read(`${folder}/report/id.sh`)).toBe('$Id$\n');
      expect(repo.read(`${folder}/plain`)).toBe('y\n');
      const count = (await repo.git('ls-tree', '-r', '--name-only', '-z', (await repo.refs())[0] ?? '')).split('\0').filter(Boolean).length;
      expect((await repo.exec('find', [folder, '!', '-type', 'd', '-printf', 'x'])).stdout).toHaveLength(count);
      expect(readdirSync(repo.root)).not.toContain('ran');
      expect(readdirSync(repo.env['TMPDIR'] ?? '').filter((name) => name.startsWith('git-jci-archive'))).toEqual([]);
    }));

  test('is a zip too, in a repository with SHA-256, and of no other run', () =>
    withRepo(
      async (repo) => {
        const { commit, runId } = await runOnce(repo);
        const { ask } = await startWeb(repo);
        const { status, body } = await ask(`/api/archive/${commit}/${runId}.zip`);
        expect([status, body.subarray(0, 2).toString(), body.includes('/plain')]).toEqual([200, 'PK', true]);
        expect((await ask(`/api/archive/${commit}/1-0000.zip`)).status).toBe(404);
        expect((await ask(`/api/archive/${commit}/${runId}.rar`)).status).toBe(400);
        expect((await ask(`/api/archive/--output=x/${runId}.zip`)).status).toBe(404);
      },
      { script, objectFormat: 'sha256' },
    ));
});

test('a client that leaves half-way leaves no git behind', () =>
  withRepo(
    async (repo) => {
      const { commit, runId } = await runOnce(repo);
      const { url, process, ask } = await startWeb(repo);
      const leave = (path: string): Promise<void> =>
        new Promise((resolve, reject) => {
          const socket = connect(Number(new URL(url).port), '127.0.0.1');
          socket.on('error', reject).once('data', () => {
            socket.destroy();
            resolve();
          });
          socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
        });
      // More than may be under way at a time: those that left must have made room.
      for (let n = 0; n < 20; n += 1) await leave(`/files/${commit}/${runId}/huge.bin`);
      for (let n = 0; n < 20; n += 1) await leave(`/api/archive/${commit}/${runId}.tar`);
      expect((await ask(`/files/${commit}/${runId}/huge.bin`)).body).toHaveLength(30_000_000);
      process.kill('SIGINT');
      expect(await process.exit()).toMatchObject({ exitCode: 0, stderr: 'Ctrl-C ends it\n' });
      expect(readdirSync(repo.env['TMPDIR'] ?? '').filter((name) => name.startsWith('git-jci-archive'))).toEqual([]);
    },
    { script: 'head -c 30000000 /dev/urandom > huge.bin' },
  ));
