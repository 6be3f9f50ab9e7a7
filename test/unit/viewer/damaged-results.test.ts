import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Comparison } from '../../../src/api/compare.ts';
import { comparison } from '../../../src/api/compare.ts';
import { check, type Shape } from '../../../src/api/check.ts';
import { commitDetail, type CommitDetail } from '../../../src/api/run-detail.ts';
import { trends, type Trends } from '../../../src/api/trends.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { makeFakeRuns, type FakeRun } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';

/** An answer as the page reads it. */
const read = async <T>(viewer: OpenViewer, shape: Shape<T>, path: string): Promise<T> => check(shape, (await viewer.json(path)) as T);

const readRun = (viewer: OpenViewer, run: FakeRun): Promise<CommitDetail> => read(viewer, commitDetail, `/api/commit/${keyOf(run)}`);

/** Damages a file of a result, as a power cut does. */
async function damage(repo: TestRepo, name: string): Promise<void> {
  const id = await repo.git('rev-parse', name);
  const path = join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2));
  chmodSync(path, 0o644);
  writeFileSync(path, 'no object');
}

/** Gives a run another tree. */
async function replaceTree(repo: TestRepo, run: FakeRun, tree: string): Promise<void> {
  const { stdout } = await repo.exec('git', ['commit-tree', tree], `${await repo.git('log', '-1', '--format=%B', run.result)}\n`);
  await repo.git('update-ref', run.ref, stdout.trim());
}

/** Unlike `git mktree` takes anything. */
async function rawTree(repo: TestRepo, entries: readonly (readonly [mode: string, name: string, id: string])[]): Promise<string> {
  repo.write('../tree', Buffer.concat(entries.flatMap(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])));
  return repo.git('hash-object', '-w', '--literally', '-t', 'tree', '../tree');
}

/** Gives a run other text in its files. */
async function rewrite(repo: TestRepo, run: FakeRun, files: Readonly<Record<string, (old: string) => string>>): Promise<void> {
  const entries = (await repo.git('ls-tree', run.result)).split('\n').map((line) => line.split(/[ \t]/));
  const changed = await Promise.all(entries.map(async ([mode = '', , id = '', name = '']) => {
    const change = files[name];
    if (change === undefined) return [mode, name, id] as const;
    repo.write(`../${name}`, change(await repo.git('cat-file', 'blob', id)));
    return [mode, name, await repo.git('hash-object', '-w', `../${name}`)] as const;
  }));
  await replaceTree(repo, run, await rawTree(repo, changed));
}

const stepsOf = ({ runs }: Trends): number[] => runs.map(({ steps }) => steps.length);

test('results that git dies of are passed over, and keep nobody from the others', () =>
  withRepo(async (repo) => {
    const runs = await makeFakeRuns(repo, { count: 5, perCommit: 5, packed: false });
    const [good, hurt, empty, alsoGood] = runs;
    if (good === undefined || hurt === undefined || empty === undefined || alsoGood === undefined) throw new Error('no runs');
    await rewrite(repo, hurt, { 'jci.json': (text) => `${text}\n` });
    await damage(repo, `${hurt.ref}:jci.json`);
    // A name of no characters, of which git says that it is fatal.
    await replaceTree(repo, empty, await rawTree(repo, [['100644', '', await repo.git('rev-parse', `${good.result}:jci.json`)]]));
    await withViewer(repo, async (viewer) => {
      const [told, one, other] = await Promise.all([read(viewer, trends, '/api/trends'), readRun(viewer, good), readRun(viewer, alsoGood)]);
      expect(stepsOf(told)).toHaveLength(5);
      expect([one.run?.record?.runId, other.run?.record?.runId]).toEqual([good.runId, alsoGood.runId]);
      expect((await readRun(viewer, hurt)).run).toMatchObject({ record: null, log: { bytes: expect.any(Number) as unknown } });
      expect((await readRun(viewer, empty)).run?.item.problem).toContain('cannot be read');
      for (const path of ['/api/flaky', '/api/tests/history?name=a', '/api/commits?branch=main']) expect([path, (await viewer.get(path)).status]).toEqual([path, 200]);
    });
  }));

test('a repository that git cannot read is said to be so', () =>
  withRepo(async (repo) => {
    const [run] = await makeFakeRuns(repo, { count: 1 });
    await withViewer(repo, async (viewer) => {
      repo.write('.git/config', '[core]\n\trepositoryformatversion = 99\n');
      const answer = await viewer.get(`/api/commit/${run?.commit ?? ''}`);
      expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('repo version') as unknown]);
    });
  }, {}));

test('numbers without end are told as large ones', () =>
  withRepo(async (repo) => {
    const [run, other] = await makeFakeRuns(repo, { count: 2, packed: false });
    if (run === undefined || other === undefined) throw new Error('no runs');
    const steps = '[{"name":"a","depth":0,"startMs":-1e999,"durationMs":1e999},{"name":"b","depth":0,"startMs":1e308,"durationMs":1e308,"exitCode":1e999}]';
    await rewrite(repo, run, { 'jci.json': (text) => text.replace(/"durationMs":\d+/, '"durationMs":1e999').replace(/"steps":\[[^\]]*\]/, `"steps":${steps}`) });
    await withViewer(repo, async (viewer) => {
      const detail = await readRun(viewer, run);
      expect(detail.run?.record?.steps.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(detail.run?.record?.durationMs).toBe(9e15);
      expect(stepsOf(await read(viewer, trends, '/api/trends'))).toContain(2);
      const compared: Comparison = await read(viewer, comparison, `/api/compare?a=${keyOf(run)}&b=${keyOf(other)}`);
      expect(compared.a.runId).toBe(run.runId);
    });
  }));

test('a result of more files than there are atoms is refused', () =>
  withRepo(async (repo) => {
    const runs = await makeFakeRuns(repo, { count: 2, packed: false });
    const leaf = await rawTree(repo, []);
    for (const [at, run] of runs.entries()) {
      const blob = await repo.git('rev-parse', `${run.result}:run.output.txt`);
      let tree = await rawTree(repo, at === 0 ? [['40000', 'x', leaf]] : [['100644', 'x', blob]]);
      for (let depth = 0; depth < 20; depth += 1) tree = await rawTree(repo, 'abcdefghij'.split('').map((name) => ['40000', name, tree] as const));
      await replaceTree(repo, run, await rawTree(repo, [['40000', 'bomb', tree], ['100644', 'run.output.txt', blob]]));
    }
    await withViewer(repo, async (viewer) => {
      for (const run of runs) expect((await readRun(viewer, run)).run?.item.problem).toContain('more than 200000 files');
      const [one, other] = runs.map(keyOf);
      expect((await viewer.get(`/api/compare/log?a=${one ?? ''}&b=${other ?? ''}`)).status).toBe(200);
    });
  }), 60_000);
