import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { waitFor } from '../../helpers/wait-for.ts';

interface Listed {
  version: number;
  runs: { runId: string; commit: string; status: string; outcome?: string; branch?: string | null; dirty: boolean; phase?: string }[];
}

const list = async (repo: TestRepo, ...words: string[]): Promise<Listed['runs']> =>
  (JSON.parse((await repo.jci('ls', '--json', ...words)).stdout) as Listed).runs;

const ids = async (repo: TestRepo, ...words: string[]): Promise<string[]> => (await list(repo, ...words)).map(({ runId }) => runId);

describe('git jci ls', () => {
  test('lists the newest 20 first; --limit takes another number, 0 all', () =>
    withRepo(async (repo) => {
      const runs = (await makeFakeRuns(repo, { count: 25 })).map(({ runId }) => runId);
      expect(await ids(repo)).toEqual(runs.slice(0, 20));
      expect(await ids(repo, '--limit', '3')).toEqual(runs.slice(0, 3));
      expect(await ids(repo, '-n', '0')).toEqual(runs);
      const lines = (await repo.jci('ls', '-n', '2')).stdout.trimEnd().split('\n');
      expect(lines.map((line) => line.split(/ +/)[1])).toEqual(runs.slice(0, 2));
    }));

  test('--status takes verdicts and outcomes, also beyond the first batch', () =>
    withRepo(async (repo) => {
      const runs = await makeFakeRuns(repo, { count: 600, perCommit: 600, failEvery: 590 });
      const failed = runs.filter(({ outcome }) => outcome === 'failed').map(({ runId }) => runId);
      expect(failed).toHaveLength(1);
      expect(await ids(repo, '--status', 'failed')).toEqual(failed);
      expect(await ids(repo, '--status', 'err')).toEqual(failed);
      expect(await ids(repo, '--status', 'timeout')).toEqual([]);
      expect(await ids(repo, '-s', 'ok', '-n', '2')).toEqual(runs.slice(0, 2).map(({ runId }) => runId));
    }));

  test("shows this branch's history; --branch another's; a revision its own runs; --all everything, commits that are gone too", () =>
    withRepo(async (repo) => {
      const main = await makeFakeRuns(repo, { count: 2 });
      await repo.git('reset', '--quiet', '--hard');
      const topic = await makeFakeRuns(repo, { count: 2, branch: 'topic', newest: 1_760_010_000 });
      const gone = await makeFakeRuns(repo, { count: 1, commits: 'gone', newest: 1_760_020_000 });
      const idsOf = (runs: readonly { runId: string }[]): string[] => runs.map(({ runId }) => runId);
      expect(await ids(repo)).toEqual(idsOf(main));
      expect(await ids(repo, '--branch', 'topic')).toEqual(idsOf(topic));
      expect(await ids(repo, main[1]?.commit ?? '')).toEqual(idsOf(main.slice(1)));
      expect(await ids(repo, '--all')).toEqual(idsOf([...gone, ...topic, ...main]));
      expect((await repo.jci('ls', '--all')).stdout).toContain('(commit not here)');
    }));

  test.each([[[]], [['--limit', '0']]])('tells of what plain git has done to the refs since the last time (%j)', (words) =>
    withRepo(async (repo) => {
      const runs = await makeFakeRuns(repo, { count: 600, perCommit: 3, commits: 'gone' });
      const [first, second, third] = runs;
      if (first === undefined || second === undefined || third === undefined) throw new Error('no runs');
      const newest = async (): Promise<unknown[]> => (await list(repo, '--all', ...words)).slice(0, 2).map(({ runId, status }) => [runId, status]);
      const ok = (runId: string): unknown[] => [runId, 'ok'];
      expect(await newest()).toEqual([ok(first.runId), ok(second.runId)]);
      await repo.git('update-ref', '-d', first.ref);
      expect(await newest()).toEqual([ok(second.runId), ok(third.runId)]);
      const added = '1760000999-0000';
      await repo.git('update-ref', `refs/jci-runs/${first.commit}/${added}`, first.result);
      expect(await newest()).toEqual([ok(added), ok(second.runId)]);
      const failed = runs.find(({ outcome }) => outcome === 'failed')?.result ?? '';
      await repo.git('update-ref', second.ref, failed);
      expect(await newest()).toEqual([ok(added), [second.runId, 'err']]);
      await repo.git('pack-refs', '--all', '--prune');
      expect(await newest()).toEqual([ok(added), [second.runId, 'err']]);
    }));

  test('finds what is here behind any number of newer runs of other branches', () =>
    withRepo(async (repo) => {
      const main = await makeFakeRuns(repo, { count: 3 });
      await repo.git('reset', '--quiet', '--hard');
      await makeFakeRuns(repo, { count: 700, perCommit: 7, branch: 'topic', newest: 1_770_000_000 });
      expect(await ids(repo, '--limit', '2')).toEqual(main.slice(0, 2).map(({ runId }) => runId));
      expect(await ids(repo, '--limit', '0')).toEqual(main.map(({ runId }) => runId));
      expect(await ids(repo, '--status', 'failed')).toEqual([]);
    }));

  test('a damaged result is told of among the others, and a damaged history of another branch does not matter', () =>
    withRepo(async (repo) => {
      const main = (await makeFakeRuns(repo, { count: 2 })).map(({ runId }) => runId);
      await repo.git('reset', '--quiet', '--hard');
      const head = await repo.git('rev-parse', 'HEAD');
      const text = (await repo.git('cat-file', 'commit', head)).replace(/^parent .*$/m, `parent ${'1'.repeat(40)}`);
      const torn = (await repo.exec('git', ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], `${text}\n`)).stdout.trim();
      await makeFakeRuns(repo, { count: 1, commits: [torn], newest: 1_770_000_000 });
      expect(await ids(repo)).toEqual(main);
      expect(await ids(repo, '--status', 'ok')).toEqual(main);
      repo.write(`.git/refs/jci-runs/${head}/1780000000-aaaa`, `${'2'.repeat(40)}\n`);
      expect(await ids(repo)).toEqual(['1780000000-aaaa', ...main]);
      expect((await repo.jci('ls', '-n', '1')).stdout).toMatch(/^\? {2}1780000000-aaaa/);
    }));

  test('shows subjects as git does, in any encoding and on any number of lines', () =>
    withRepo(async (repo) => {
      const subjects = ['two\nlines  \n\nand a body', '\n\n late', '日本語 のテスト', ''];
      const commits: string[] = [];
      for (const text of subjects) {
        await repo.exec('git', ['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-'], text);
        commits.push(await repo.git('rev-parse', 'HEAD'));
      }
      await repo.exec('bash', ['-c', `printf 'Gr\\366\\337e' | git -c i18n.commitEncoding=ISO-8859-1 commit --quiet --allow-empty -F -`]);
      commits.push(await repo.git('rev-parse', 'HEAD'));
      await makeFakeRuns(repo, { count: commits.length, commits });
      const shown = (await repo.jci('ls')).stdout.trimEnd().split('\n').map((line) => line.replace(/^.*? main */, ''));
      const expected = await Promise.all(commits.map((commit) => repo.git('log', '-1', '--format=%s', commit)));
      expect(shown).toEqual(expected.map((subject) => subject.trimStart()));
      expect(expected.at(-1)).toBe('Größe');
    }));

  test('--json has a stable shape', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const { stdout } = await repo.jci('ls', '--json');
        const runId = ref.split('/').at(-1) ?? '';
        expect(JSON.parse(stdout)).toEqual({
          version: 1,
          runs: [
            {
              runId,
              commit: await repo.git('rev-parse', 'HEAD'),
              requestedAt: new Date(Number(runId.split('-')[0]) * 1000).toISOString().replace('.000Z', 'Z'),
              ref,
              result: await repo.git('rev-parse', ref),
              status: 'err',
              outcome: 'failed',
              durationMs: expect.any(Number) as number,
              tree: await repo.git('rev-parse', 'HEAD^{tree}'),
              script: await repo.git('rev-parse', 'HEAD:.jci/run.sh'),
              branch: 'main',
              trigger: 'manual',
              exitCode: 3,
              dirty: false,
            },
          ],
        });
      },
      { script: 'exit 3' },
    ));

  test('tells the same times as show does: when a run was asked for is not when it started', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurrency', '1');
        const first = repo.startJci('run');
        await first.untilOutput('started');
        const second = repo.startJci('run', '--clean');
        const { runId } = await waitFor(async () => (await list(repo)).find(({ phase }) => phase === 'waiting'), { what: 'the second to wait' });
        writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
        await Promise.all([first.exit(), second.exit()]);
        const shown = JSON.parse((await repo.jci('show', '--json', runId)).stdout) as { requestedAt: string; record: { startedAt: string } };
        const listed = (await list(repo)).find((run) => run.runId === runId);
        expect(listed).toMatchObject({ requestedAt: shown.requestedAt });
        expect(listed).not.toHaveProperty('startedAt');
        expect(shown.record.startedAt > shown.requestedAt.replace('Z', '')).toBe(true);
      },
      { script: 'echo started; until [ -e "$HOME/go" ]; do sleep 0.05; done' },
    ));

  test('shows a run that is under way', () =>
    withRepo(
      async (repo) => {
        await repo.at('.', { QUICK: '1' }).jci('run', '-q');
        const live = repo.startJci('run');
        await live.untilOutput('started');
        expect((await list(repo)).map(({ status }) => status).sort()).toEqual(['ok', 'running']);
        expect(await list(repo, '--status', 'running')).toMatchObject([{ phase: 'running', branch: 'main', dirty: false }]);
        const { startedAt, requestedAt } = JSON.parse((await repo.jci('show', '--json')).stdout) as { startedAt: string; requestedAt: string };
        expect(await list(repo, '--status', 'running')).toMatchObject([{ startedAt, requestedAt }]);
        writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
        await live.exit();
        expect(await ids(repo, '--status', 'running')).toEqual([]);
      },
      { script: 'echo started; until [ "$QUICK" -o -e "$HOME/go" ]; do sleep 0.05; done' },
    ));

  test('marks dirty runs', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect((await repo.jci('ls')).stdout).not.toContain('dirty');
        repo.write('new.txt', 'x');
        await repo.jci('run', '-q');
        const lines = (await repo.jci('ls')).stdout.trimEnd().split('\n');
        expect(lines.filter((line) => line.includes('dirty script'))).toHaveLength(1);
        expect((await list(repo)).filter(({ dirty }) => dirty)).toHaveLength(1);
      },
      { script: 'true' },
    ));

  test('without a run: says so on stderr, and stdout is empty', () =>
    withRepo(
      async (repo) => {
        expect(await repo.jci('ls')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'no runs here; start one with: git jci run\n' });
        expect(await list(repo)).toEqual([]);
      },
      { script: 'true' },
    ));

  test('where no run has the status that was asked for: says so, not that there are none', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const said = async (...words: string[]): Promise<unknown> => repo.jci('ls', ...words);
        expect(await said('--status', 'running')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'no run here matches --status running; without it all are listed\n' });
        expect(await said('--all', '--status', 'failed')).toMatchObject({ exitCode: 0, stderr: 'no run matches --status failed; without it all are listed\n' });
      },
      { script: 'true' },
    ));

  test('refuses a status it does not know with 2, and a revision it does not know with 3', () =>
    withRepo(
      async (repo) => {
        const status = await repo.jci('ls', '--status', 'great');
        expect(status.exitCode).toBe(2);
        expect(status.stderr).toContain("--status: 'great' is none of ok, err, ");
        const revision = await repo.jci('ls', 'nowhere');
        expect(revision.exitCode).toBe(3);
        expect(revision.stderr).toContain("'nowhere'");
        expect((await repo.jci('ls', '--branch', '--output=x')).exitCode).toBe(2);
      },
      { script: 'true' },
    ));
});
