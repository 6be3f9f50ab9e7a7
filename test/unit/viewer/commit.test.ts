import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer } from './open-viewer.ts';

test('a prefix means a commit, whatever else has it or is called like it', () =>
  withRepo(async (repo) => {
    const other = await repo.commit({ file: 'a' });
    const commit = await repo.commit({ file: 'b' });
    const prefix = commit.slice(0, 4);
    const idOf = (text: string): string => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    let text = 0;
    while (!idOf(String(text)).startsWith(prefix)) text += 1;
    expect((await repo.exec('git', ['hash-object', '-w', '--stdin'], String(text))).stdout).toMatch(new RegExp(`^${prefix}`));
    await repo.git('tag', commit.slice(0, 7), other);
    await repo.git('branch', 'abcdef', other);
    await withViewer(repo, async (viewer) => {
      for (const given of [prefix, commit.slice(0, 7), commit]) expect(await viewer.json(`/api/commit/${given}`)).toMatchObject({ hash: commit, message: expect.any(String) as unknown });
      expect((await viewer.get('/api/commit/abcdef')).status).toBe(404);
      expect((await viewer.get(`/api/commit/${await repo.git('rev-parse', `${commit}^{tree}`)}`)).status).toBe(404);
    });
  }));

test('a commit that comes later is told, though no ref has changed', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'a' });
    const later = 'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a> 1700000000 +0000\ncommitter a <a> 1700000000 +0000\n\nlater\n';
    const commit = createHash('sha1').update(`commit ${later.length}\0${later}`).digest('hex');
    await makeFakeRuns(repo, { count: 1, commits: [commit] });
    await withViewer(repo, async (viewer) => {
      const path = `/api/commit/${commit}`;
      const ask = async (tag: string): Promise<[number, unknown, string]> => {
        const answered = await viewer.get(path, { 'If-None-Match': tag });
        const text = await answered.text();
        return [answered.status, text === '' ? undefined : (JSON.parse(text) as { message: string }).message, answered.headers.get('etag') ?? ''];
      };
      const [status, message, tag] = await ask('');
      expect([status, message]).toEqual([200, '']);
      expect((await repo.exec('git', ['hash-object', '-w', '-t', 'commit', '--literally', '--stdin'], later)).stdout.trim()).toBe(commit);
      const [nextStatus, nextMessage, nextTag] = await ask(tag);
      expect([nextStatus, nextMessage]).toEqual([200, 'later\n']);
      expect((await ask(nextTag))[0]).toBe(304);
    });
  }));
