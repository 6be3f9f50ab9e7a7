import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { statusOf, type Outcome } from '../../../src/model/outcome.ts';
import { formatResultMessage } from '../../../src/model/trailers.ts';
import { addOwnResult } from '../../../src/store/own-results.ts';

interface Known {
  commit: string;
  subject: string;
  verdict: string;
  run: { runId: string; commit: string } | null;
  runs: { runId: string; status: string; dirty: boolean }[];
}

const log = async (repo: TestRepo, ...words: string[]): Promise<string[]> => (await repo.jci('log', ...words)).stdout.trimEnd().split('\n');
const logJson = async (repo: TestRepo, ...words: string[]): Promise<Known[]> =>
  (JSON.parse((await repo.jci('log', '--json', ...words)).stdout) as { commits: Known[] }).commits;
const runIdOf = async (repo: TestRepo): Promise<string | undefined> => (await repo.refs()).at(-1)?.split('/').at(-1);
const reword = (repo: TestRepo): Promise<string> => repo.git('commit', '--quiet', '--amend', '--allow-empty', '-m', 'reworded');

describe('the verdict beside a commit', () => {
  test('is that of its tree: the line says whose run it is', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const before = await repo.git('rev-parse', 'HEAD');
        await reword(repo);
        const runId = await runIdOf(repo);
        expect(await log(repo)).toEqual([expect.stringMatching(new RegExp(`^✓ [0-9a-f]+ reworded .*  ${runId} of ${before.slice(0, 12)}, same tree$`))]);
        expect(await log(repo, '--oneline')).toEqual([expect.stringMatching(/^✓ /)]);
        expect(await logJson(repo)).toMatchObject([{ subject: 'reworded', verdict: 'passed', run: { runId, commit: before }, runs: [] }]);
      },
      { script: 'true' },
    ));

  test('comes from the newest of all runs of the tree, whichever commit they are of', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await reword(repo);
        expect((await repo.at('.', { FAIL: '1' }).jci('run', '-q')).exitCode).toBe(1);
        const [reworded = ''] = await log(repo, '--no-merges', 'HEAD');
        expect(reworded).toMatch(/^✗ .* \d+-[0-9a-f]{4}$/);
        await repo.git('reset', '--quiet', '--hard', 'HEAD@{1}');
        expect(await log(repo)).toEqual([expect.stringMatching(/^✗ .* of [0-9a-f]{12}, same tree and 1 of its own$/)]);
        expect((await repo.jci('status')).exitCode).toBe(1);
      },
      { script: 'exit ${FAIL:-0}' },
    ));

  test('names the run of the commit itself, where that says the same as a newer one of the tree', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const own = await runIdOf(repo);
        await reword(repo);
        await repo.jci('run', '-q');
        await repo.git('reset', '--quiet', '--hard', 'HEAD@{1}');
        expect(await log(repo)).toEqual([expect.stringMatching(new RegExp(`^✓ .*  ${own}$`))]);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe(`passed ${own}\n`);
        expect((await repo.jci('run', '--if-needed')).stderr).toContain(`already in run ${own}`);
      },
      { script: 'true' },
    ));

  test('is not that of a cancelled run: what was known before stands', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const cancelOne = async (): Promise<void> => {
          const live = repo.startJci('run');
          await live.untilOutput('started');
          await repo.jci('cancel');
          await live.exit();
        };
        await cancelOne();
        expect(await log(repo)).toEqual([expect.stringMatching(/^· .*  cancelled \d+-[0-9a-f]{4}$/)]);
        writeFileSync(join(home, 'go'), '');
        await repo.jci('run', '-q');
        const passed = (await logJson(repo))[0]?.run?.runId;
        rmSync(join(home, 'go'));
        await cancelOne();
        expect(await log(repo)).toEqual([expect.stringMatching(new RegExp(`^✓ .* ${passed} and 2 more$`))]);
        expect((await repo.jci('status', '--porcelain')).stdout).toBe(`passed ${passed}\n`);
      },
      { script: 'echo started; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('is "running" only while there is none, also for a commit of the same tree', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const whileRunning = async (look: () => Promise<void>): Promise<void> => {
          const live = repo.startJci('run');
          await live.untilOutput('started');
          await look();
          writeFileSync(join(home, 'go'), '');
          await live.exit();
          rmSync(join(home, 'go'));
        };
        const before = (await repo.git('rev-parse', 'HEAD')).slice(0, 12);
        await whileRunning(async () => {
          expect(await log(repo)).toEqual([expect.stringMatching(/^● .* \d+-[0-9a-f]{4}$/)]);
          await reword(repo);
          expect(await log(repo)).toEqual([expect.stringMatching(new RegExp(`^● .* \\d+-[0-9a-f]{4} of ${before}, same tree$`))]);
        });
        await whileRunning(async () => expect(await log(repo)).toEqual([expect.stringMatching(/^✓ /)]));
      },
      { script: 'echo started; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('counts only results of those whom jci.trust names', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(await log(repo)).toEqual([expect.stringMatching(/^✓ /)]);
        rmSync(join(repo.path, '.git/jci/own-results'));
        for (const trust of ['own', 'signed']) {
          await repo.git('config', 'jci.trust', trust);
          expect(await log(repo)).toEqual([expect.stringMatching(/^· .*  does not count \d+-[0-9a-f]{4}$/)]);
        }
        await repo.git('config', 'jci.trust', 'own');
        await repo.jci('run', '-q');
        expect(await log(repo)).toEqual([expect.stringMatching(/^✓ .* and 1 more$/)]);
        await repo.git('config', 'jci.trust', 'everybody');
        expect((await repo.jci('log')).exitCode).toBe(2);
      },
      { script: 'true' },
    ));
});

const outcomes: readonly (Outcome | 'go ok' | 'go err')[] = ['passed', 'failed', 'timeout', 'cancelled', 'interrupted', 'broken', 'go ok', 'go err'];

/** Puts results of all kinds to commits of which some have the same tree, by a fixed pattern. */
async function makeResults(repo: TestRepo, commits: readonly string[], count: number): Promise<void> {
  const facts = await Promise.all(commits.map(async (commit) => (await repo.git('rev-parse', `${commit}^{tree}`, `${commit}:.jci/run.sh`)).split('\n')));
  const treeOf = async (status: string): Promise<string> => {
    const { stdout } = await repo.exec('git', ['hash-object', '-w', '--stdin'], status);
    return (await repo.exec('git', ['mktree'], `100644 blob ${stdout.trim()}\tstatus.txt\n`)).stdout.trim();
  };
  const trees = { ok: await treeOf('ok'), err: await treeOf('err') };
  for (let index = 0; index < count; index += 1) {
    const at = (index * 7) % commits.length;
    const [commit = '', [tree = '', script = ''] = []] = [commits[at], facts[at]];
    const outcome = outcomes[(index * 5 + (index >> 3)) % outcomes.length] ?? 'passed';
    const runId = `${1_600_000_000 + ((index * 13) % count)}-0000`;
    const status = outcome === 'go ok' || outcome === 'go err' ? (outcome === 'go ok' ? 'ok' : 'err') : statusOf(outcome);
    const dirty = index % 6 === 5;
    const message =
      outcome === 'go ok' || outcome === 'go err'
        ? 'CI results\n'
        : formatResultMessage(commit, runId, { status, outcome, durationMs: 1, tree, script: index % 9 === 8 ? tree : script, branch: 'main', trigger: 'manual', exitCode: 0, dirty });
    const result = await repo.git('commit-tree', trees[status], '-m', message);
    if (index % 4 !== 3) addOwnResult(join(repo.path, '.git'), result);
    await repo.git('update-ref', `refs/jci-runs/${commit}/${runId}`, result);
  }
}

test('log and status say the same of every commit, whatever results there are and whoever is trusted', () =>
  withRepo(
    async (repo) => {
      for (const text of ['a', 'b', 'a', 'c', 'a', 'b', 'd', 'e']) await repo.commit({ file: text }, text);
      const commits = (await repo.git('rev-list', 'HEAD')).split('\n');
      await makeResults(repo, commits, 96);
      for (const trust of ['any', 'own']) {
        await repo.git('config', 'jci.trust', trust);
        const listed = (await logJson(repo)).map(({ commit, verdict, run }) => ({ commit, verdict, run }));
        const asked = await Promise.all(
          commits.map(async (commit) => {
            const { verdict, run } = JSON.parse((await repo.jci('status', '--json', commit)).stdout) as Known;
            return { commit, verdict, run };
          }),
        );
        expect(listed).toEqual(asked);
        expect(new Set(listed.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);
        const isOwn = listed.flatMap(({ commit, run }) => (run === null ? [] : run.commit === commit));
        expect(new Set(isOwn).size).toBe(2);
      }
    },
    { script: 'true' },
  ));

test('among very many results as well, the first time and from what was kept', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 900, failEvery: 3 });
    await repo.git('reset', '--quiet', '--hard');
    const [newest] = await logJson(repo, '-n1');
    await reword(repo);
    const known = { verdict: 'passed', run: { runId: newest?.run?.runId, commit: newest?.commit } };
    expect((await logJson(repo, '-n3')).map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'failed']);
    const all = await logJson(repo);
    expect(all[0]).toMatchObject({ ...known, runs: [] });
    expect(all.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 900 }, (_, index) => (index % 3 === 2 ? 'failed' : 'passed')));
    await repo.jci('run', '-q');
    const own = (await logJson(repo, '-n1'))[0];
    expect(own).toMatchObject({ verdict: 'passed', run: { commit: own?.commit } });
    const everything = await logJson(repo, '--all');
    expect(everything).toHaveLength(900);
    expect(everything.map(({ verdict }) => verdict)).toEqual(all.map(({ verdict }) => verdict));
  }));

test('what was kept of very many results is made again when it is damaged or gone, and forgets what was removed', () =>
  withRepo(async (repo) => {
    const [newest] = await makeFakeRuns(repo, { count: 300, failEvery: 0 });
    await repo.git('reset', '--quiet', '--hard');
    await reword(repo);
    const kept = join(repo.path, '.git/jci/cache/trees-1');
    const passes = async (): Promise<number> => (await logJson(repo)).filter(({ verdict }) => verdict === 'passed').length;
    // The first 50 commits alone: beyond 200 everything is read anyway.
    const first = async (): Promise<unknown[]> => (await logJson(repo, '-n50')).map(({ run }) => run?.runId);
    const known = await first();
    expect(known).not.toContain(undefined);
    const whole = readFileSync(kept);
    for (const damaged of [whole.subarray(0, 1000), whole.subarray(0, whole.length - 1), Buffer.from('7 7\n'), Buffer.alloc(0)]) {
      writeFileSync(kept, damaged);
      expect(await first()).toEqual(known);
      expect(readFileSync(kept)).toEqual(whole);
    }
    await repo.git('update-ref', '-d', newest?.ref ?? '');
    expect(await first()).toEqual([undefined, ...known.slice(1)]);
    expect(await passes()).toBe(299);
    expect((await repo.jci('status')).exitCode).toBe(3);
  }));
