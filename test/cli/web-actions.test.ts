import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWeb, type WebAnswer } from '../helpers/web-server.ts';

interface Answer {
  run: { runId: string; commit: string; status: string; live: string | null };
  error: string;
  hint: string;
}

const parsed = ({ body }: WebAnswer): Answer => JSON.parse(body.toString('utf8')) as Answer;

const firstRun = async (repo: TestRepo): Promise<string> => (await repo.refs())[0]?.split('/').at(-1) ?? '';

const untilRuns = (repo: TestRepo, count: number): Promise<unknown> => waitFor(async () => (await repo.refs()).length === count, { what: `${count} runs` });

describe('rerun', () => {
  test('starts a run of the same commit that outlives the server, and answers when it is under way', () =>
    withRepo(
      async (repo) => {
        repo.write('go', '');
        await repo.jci('run', '-q', '-e', `GATE=${repo.path}/go`);
        const runId = await firstRun(repo);
        const web = await startWeb(repo.at('.', { GATE: `${repo.path}/go-on` }));
        const answer = await web.post(`/api/rerun/${runId}`);
        expect(answer.status).toBe(200);
        const { run } = parsed(answer);
        expect(run).toMatchObject({ commit: await repo.git('rev-parse', 'HEAD'), status: 'running' });
        web.process.kill('SIGINT');
        expect((await web.process.exit()).exitCode).toBe(0);
        repo.write('go-on', '');
        await untilRuns(repo, 2);
        const { stdout } = await repo.jci('show', run.runId, '--json');
        expect(stdout).toContain(runId);
      },
      { script: 'while ! test -e "$GATE"; do sleep 0.02; done' },
    ));

  test('of a script that is over at once answers all the same', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const web = await startWeb(repo);
        const { run } = parsed(await web.post(`/api/rerun/${await firstRun(repo)}`));
        await untilRuns(repo, 2);
        expect((await repo.refs()).some((ref) => ref.endsWith(run.runId))).toBe(true);
      },
      { script: 'true' },
    ));

  test('that cannot be says what git jci said', () =>
    withRepo(
      async (repo) => {
        const [fake] = await makeFakeRuns(repo, { count: 1, commits: 'gone' });
        const web = await startWeb(repo);
        const answer = await web.post(`/api/rerun/${fake?.runId ?? ''}`);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(parsed(answer).error).toContain(fake?.commit.slice(0, 7));
        expect((await web.ask('/api/info')).status).toBe(200);
      },
      { script: 'true' },
    ));

  test('of an id that two commits have wants to know which', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [first] = await repo.refs();
        const runId = await firstRun(repo);
        const other = await repo.commit({ a: '1' });
        await repo.git('update-ref', `refs/jci-runs/${other}/${runId}`, first ?? '');
        const web = await startWeb(repo);
        expect((await web.post(`/api/rerun/${runId}`)).status).toBe(409);
        expect(parsed(await web.post(`/api/rerun/${runId}?commit=${other}`)).run.commit).toBe(other);
        await untilRuns(repo, 3);
      },
      { script: 'true' },
    ));

  test('is not there in a bare repository', () =>
    withRepo(
      async (repo) => {
        const web = await startWeb(repo);
        expect(await web.json('/api/info')).toMatchObject({ canRun: false });
        expect((await web.post('/api/rerun/1-0000')).status).toBe(409);
      },
      { bare: true },
    ));
});

describe('cancel', () => {
  test('ends a run under way, whose log is there so far', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('started');
        const web = await startWeb(repo);
        const { runs } = (await web.json('/api/runs')) as { runs: { runId: string; commit: string; live: string }[] };
        const { runId, commit, live } = runs[0] ?? { runId: '', commit: '', live: '' };
        expect(live).toBe('running');
        const log = await web.ask(`/jci/${commit}/${runId}/run.output.txt/raw`);
        expect([log.status, log.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
        expect(log.body.toString()).toContain('started\n');
        expect(parsed(await web.post(`/api/cancel/${runId}`)).run.runId).toBe(runId);
        expect((await run.exit()).exitCode).toBe(143);
        expect((await repo.jci('show')).stdout).toMatch(/cancelled/);
        const late = await web.post(`/api/cancel/${runId}`);
        expect([late.status, parsed(late).hint]).toEqual([409, `git jci show ${runId}`]);
        expect((await web.post('/api/cancel/1-0000')).status).toBe(404);
        expect((await web.post('/api/cancel/nonsense')).status).toBe(400);
      },
      { script: 'echo started; sleep 100' },
    ));
});

test('nobody but the page may have anything done', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const { post, url, ask } = await startWeb(repo);
      const path = `/api/rerun/${await firstRun(repo)}`;
      const refused: Record<string, string>[] = [
        { 'X-JCI-Token': '' },
        { 'X-JCI-Token': '0'.repeat(32) },
        { Origin: 'http://evil.example' },
        { Origin: 'null' },
        { Origin: url.replace('http:', 'https:') },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
      ];
      for (const headers of refused) expect([headers, (await post(path, headers)).status]).toEqual([headers, 403]);
      expect((await post(path, { Host: 'evil.example' })).status).toBe(421);
      expect((await post(path, { 'Content-Length': '5' })).status).toBe(413);
      expect((await ask(path)).status).toBe(404);
      expect(await repo.refs()).toHaveLength(1);
    },
    { script: 'true' },
  ));
