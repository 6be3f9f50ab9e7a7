import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type LiveProcess, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const script = 'echo began; until [ -e ../go ]; do sleep 0.05; done; echo ended';

/** Another pid namespace with the same host name, as containers of a CI server have it; only root may make one. */
const container: readonly [string, ...string[]] =
  process.platform === 'linux' && process.getuid?.() === 0 ? ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'] : ['env'];

function startElsewhere(repo: TestRepo): LiveProcess {
  const [file, ...args] = [...container, 'git-jci', 'run'];
  return repo.start(file, ...args);
}

/** The record of the only run under way. */
function recordPath(repo: TestRepo): string {
  const root = join(repo.path, '.git/jci/active');
  return join(root, readdirSync(root)[0] ?? 'none', 'active.json');
}

/** Has the record say what it would say if its git jci were in another namespace. */
function hidePid(repo: TestRepo): void {
  const record = JSON.parse(readFileSync(recordPath(repo), 'utf8')) as object;
  writeFileSync(recordPath(repo), JSON.stringify({ ...record, owner: { pid: process.pid, started: 'elsewhere' } }));
}

/** Lets the script end, which waits in its output directory's parent. */
function letGo(repo: TestRepo): void {
  const { commit } = JSON.parse(readFileSync(recordPath(repo), 'utf8')) as { commit: string };
  repo.write(join('.jci', commit, 'go'), '');
}

const outcomes = async (repo: TestRepo): Promise<string[]> =>
  (JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { status: string; outcome?: string }[] }).runs.map(({ status, outcome }) => outcome ?? status);

describe('a run in a container with the same host name', () => {
  test('is under way while it lives, and stored by itself', () =>
    withRepo(
      async (repo) => {
        const run = startElsewhere(repo);
        await run.untilOutput('began');
        expect(await repo.jci('ls')).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('●') as string });
        expect(await outcomes(repo)).toEqual(['running']);
        letGo(repo);
        expect((await run.exit()).exitCode).toBe(0);
        expect(await outcomes(repo)).toEqual(['passed']);
      },
      { script },
    ));

  test('is stored by the next command once it was killed with its container', () =>
    withRepo(
      async (repo) => {
        const run = startElsewhere(repo);
        await run.untilOutput('began');
        run.kill('SIGKILL');
        await run.exit();
        await waitFor(async () => (await outcomes(repo))[0] === 'interrupted', { what: 'the recovery' });
        expect((await repo.jci('logs')).stdout).toContain('\nbegan\n');
        expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
      },
      { script },
    ));
});

describe('a run whose pid says nothing here', () => {
  test('lives while its pipe is held, and is dead when it is not', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('began');
        hidePid(repo);
        expect(await outcomes(repo)).toEqual(['running']);
        run.kill('SIGKILL');
        await run.exit();
        expect(await outcomes(repo)).toEqual(['interrupted']);
      },
      { script },
    ));

  test('is not cancelled from here: the signal would hit somebody else', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('began');
        hidePid(repo);
        const { exitCode, stderr } = await repo.jci('cancel');
        expect(exitCode).toBe(3);
        expect(stderr).toMatch(/^git jci: run \S+ is in another container on this machine\nhint: cancel it there\n$/);
        expect(existsSync(join(recordPath(repo), '..', 'cancel'))).toBe(false);
        letGo(repo);
        expect((await run.exit()).exitCode).toBe(0);
      },
      { script },
    ));
});
