import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const script = 'echo precious > artefact.txt; echo began; until [ -e ../go ]; do sleep 0.05; done; echo ended';

interface Listed {
  runs: { runId: string; commit: string; status: string; outcome?: string }[];
}

const list = async (repo: TestRepo): Promise<Listed['runs']> => (JSON.parse((await repo.jci('ls', '--json')).stdout) as Listed).runs;
const outcomes = async (repo: TestRepo): Promise<string[]> => (await list(repo)).map(({ status, outcome }) => outcome ?? status);
const activeNames = (repo: TestRepo): string[] => readdirSync(join(repo.path, '.git/jci/active'));

async function killedRun(repo: TestRepo, ...args: string[]): Promise<void> {
  const run = repo.startJci('run', ...args);
  await run.untilOutput('began');
  run.kill('SIGKILL');
  await run.exit();
}

/** The script of a killed git jci, which lives on until somebody looks. */
function leaderOf(repo: TestRepo): number {
  const record = JSON.parse(repo.read(join('.git/jci/active', activeNames(repo)[0] ?? '', 'active.json'))) as { leader: { pid: number } };
  return record.leader.pid;
}

async function copyOf(repo: TestRepo): Promise<TestRepo> {
  await repo.exec('cp', ['-a', repo.path, join(repo.root, 'copy')]);
  return repo.at('../copy');
}

describe('a repository that was moved', () => {
  test.each([
    ['in the working tree', []],
    ['in a temporary worktree', ['--clean']],
  ])('after git jci had been killed %s: what the run wrote is found', (_, args) =>
    withRepo(
      async (repo) => {
        await killedRun(repo, ...args);
        renameSync(repo.path, join(repo.root, 'moved'));
        const moved = repo.at('../moved');
        expect(await outcomes(moved)).toEqual(['interrupted']);
        expect((await moved.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
        expect(activeNames(moved)).toEqual([]);
        expect(readdirSync(join(moved.path, '.jci'))).toEqual(['run.sh']);
      },
      { script },
    ),
  );

  test.each([
    ['in the working tree', []],
    ['in a temporary worktree', ['--clean']],
  ])('to another disk, as a copy without its original, after a run %s: what it wrote is found, and what it started is ended', (_, args) =>
    withRepo(
      async (repo) => {
        await killedRun(repo, ...args);
        const copy = await copyOf(repo);
        const leader = leaderOf(repo);
        rmSync(repo.path, { recursive: true });
        expect(await outcomes(copy)).toEqual(['interrupted']);
        expect((await copy.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
        expect((await copy.jci('logs')).stdout).toContain('began');
        expect((await copy.exec('ps', ['-o', 'stat=', '-p', `${leader}`])).stdout.replace(/^Z.*\n/, '')).toBe('');
        const kept = readdirSync(join(repo.env['XDG_CACHE_HOME'] ?? '', 'git-jci'), { recursive: true }).map(String);
        expect(kept.filter((name) => name.endsWith('artefact.txt'))).toEqual([]);
      },
      { script },
    ),
  );

  test('to another disk, with the cache folder lost on the way: the log is found', () =>
    withRepo(
      async (repo) => {
        await killedRun(repo, '--clean');
        const copy = await copyOf(repo);
        for (const path of [repo.path, join(repo.env['XDG_CACHE_HOME'] ?? '', 'git-jci')]) rmSync(path, { recursive: true });
        expect(await outcomes(copy)).toEqual(['interrupted']);
        expect((await copy.jci('logs')).stdout).toContain('began');
      },
      { script },
    ));
});

describe('a copy of a repository', () => {
  test.each([
    ['in the working tree', []],
    ['in a temporary worktree', ['--clean']],
  ])('leaves a run alone that is under way in the original %s', (_, args) =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run', ...args);
        await run.untilOutput('began');
        const copy = await copyOf(repo);
        const { stderr } = await copy.jci('ls');
        expect(stderr).toMatch(/^run \S+ belongs to \S+\/repo\/\.git, of which this is a copy: forgotten here/);
        expect((await copy.jci('cancel')).stderr).toBe('git jci: no run is under way\n');
        expect(activeNames(copy)).toEqual([]);
        expect(await copy.refs()).toEqual([]);

        const [live] = await list(repo);
        expect(live?.status).toBe('running');
        const tree = args.length === 0 ? repo.path : join(repo.env['XDG_CACHE_HOME'] ?? '', 'git-jci/worktrees');
        const [folder = ''] = readdirSync(tree, { recursive: true }).map(String).filter((name) => name.endsWith(join('.jci', live?.commit ?? '')));
        repo.write(join(tree, folder, 'go'), '');
        expect((await run.exit()).exitCode).toBe(0);
        expect((await repo.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
      },
      { script },
    ),
  );

  test('leaves the run of a killed git jci to the original', () =>
    withRepo(
      async (repo) => {
        await killedRun(repo);
        const copy = await copyOf(repo);
        expect(await outcomes(copy)).toEqual([]);
        expect(existsSync(join(repo.path, '.git/jci/active'))).toBe(true);
        expect(await outcomes(repo)).toEqual(['interrupted']);
        expect((await repo.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
      },
      { script },
    ));
});
