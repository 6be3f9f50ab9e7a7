import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { killGitJci, sabotage, type Sabotage } from '../helpers/saboteur.ts';
import { waitFor } from '../helpers/wait-for.ts';

const script = 'echo written; echo precious > artefact.txt; mkdir d; echo deep > d/deep.txt';

/** Runs `git-jci` itself: under `git`, the parent of what it starts would be the same, but not its exit. */
const runDirectly = (repo: TestRepo, ...args: string[]): ReturnType<TestRepo['exec']> => repo.exec('git-jci', args);

interface Listed {
  runs: { runId: string; status: string; outcome: string }[];
}

async function list(repo: TestRepo): Promise<Listed['runs']> {
  return (JSON.parse((await repo.jci('ls', '--json')).stdout) as Listed).runs;
}

/** After whatever happened: nothing is lost, nothing is left over, and git is content. */
async function expectWhole(repo: TestRepo, outcome: string): Promise<void> {
  const runs = await list(repo);
  expect(runs.map((run) => run.outcome)).toEqual([outcome]);
  expect((await repo.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
  expect((await repo.jci('cat', 'HEAD', 'd/deep.txt')).stdout).toBe('deep\n');
  expect((await repo.jci('logs')).stdout).toContain('\nwritten\n');
  expect(await repo.fsck()).toBe('');
  expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
  expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
}

describe('git jci killed', () => {
  const stages: [string, Sabotage, string][] = [
    ['before the objects are written', { program: 'git', when: '*unpack-objects*', before: killGitJci }, 'passed'],
    ['after the objects are written', { program: 'git', when: '*unpack-objects*', after: killGitJci }, 'passed'],
    ['before the ref', { program: 'git', when: '*update-ref*', before: `${killGitJci}; exit 1` }, 'passed'],
    ['after the ref', { program: 'git', when: '*update-ref*', after: killGitJci }, 'passed'],
    // What is still in the pipe when git jci dies is gone with it: only what it had read is kept.
    ['while the script runs', { program: 'bash', when: '*run.sh', after: `until grep -q written .git/jci/active/*/run.output.txt "$PWD"/../../../.git/jci/active/*/run.output.txt 2>/dev/null; do :; done; ${killGitJci}` }, 'interrupted'],
  ];
  test.each(stages)('%s: a later command finds everything', (_, harm, outcome) =>
    withRepo(
      async (repo) => {
        const { exitCode } = await runDirectly(sabotage(repo, harm), 'run', '--quiet');
        expect(exitCode).toBe(null);
        await expectWhole(repo, outcome);
      },
      { script },
    ),
  );

  test('before anything ran: nothing is stored and nothing is left', () =>
    withRepo(
      async (repo) => {
        await runDirectly(sabotage(repo, { program: 'mkfifo', when: '*', before: killGitJci }), 'run', '--quiet');
        await repo.jci('ls');
        expect(await repo.fsck()).toBe('');
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
        expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
        expect(await repo.git('status', '--porcelain')).toBe('');
      },
      { script },
    ));

  test('while it waited for its turn: nothing is left of it, whatever it had made by then', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurrency', '1');
        const first = repo.startJci('run');
        await first.untilOutput('begun');
        const second = repo.startJci('run', '--json');
        await second.untilOutput('waiting for');
        const waiting = (await list(repo)).map(({ runId }) => runId).sort().at(-1) ?? '';
        second.kill('SIGKILL');
        await second.exit();
        const folder = `.jci/${await repo.git('rev-parse', 'HEAD')}/${waiting}`;
        await repo.exec('mkdir', ['-p', folder]);
        expect((await repo.jci('ls')).stderr).toContain(`run ${waiting} had died before its script began: tidied up`);
        expect(existsSync(join(repo.path, folder))).toBe(false);
        repo.write('../home/go', '');
        expect((await first.exit()).exitCode).toBe(0);
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
      },
      { script: 'echo begun; until [ -e ~/go ]; do sleep 0.01; done' },
    ));

  /** A run that died with its result nowhere but on disk. @returns its folder in `.git/jci/active`. */
  async function killBeforeStored(repo: TestRepo): Promise<string> {
    await runDirectly(sabotage(repo, { program: 'git', when: '*unpack-objects*', before: killGitJci }), 'run', '--quiet');
    return join(repo.path, '.git/jci/active', readdirSync(join(repo.path, '.git/jci/active'))[0] ?? '');
  }

  test('while the script runs: when its lines had come is still known', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('noted');
        run.kill('SIGKILL');
        await run.exit();
        const active = join(repo.path, '.git/jci/active');
        const noted = readFileSync(join(active, readdirSync(active)[0] ?? '', 'timing.idx'), 'latin1');
        expect(noted).toMatch(/^1 0 \d+\n\d+ \d+ \d+\n/);
        expect((await list(repo)).map(({ outcome }) => outcome)).toEqual(['interrupted']);
        expect((await repo.jci('cat', 'HEAD', 'timing.idx')).stdout).toBe(noted);
        const { steps } = JSON.parse((await repo.jci('show', '--json')).stdout) as { steps: { name: string; startMs: number; durationMs: number }[] };
        expect(steps).toMatchObject([{ name: 'ticks' }]);
        const [, , ...times] = noted.split(/\s/);
        expect((steps[0]?.startMs ?? 0) + (steps[0]?.durationMs ?? 0)).toBeGreaterThanOrEqual(Number(times[3]));
      },
      { script: 'echo ::group::ticks; until [ -s "$(echo ../../../.git/jci/active/*/timing.idx)" ]; do echo tick; done; echo ::endgroup::; echo noted; while :; do sleep 0.05; done' },
    ));

  test('and its log lost with the power: the rest is stored', () =>
    withRepo(
      async (repo) => {
        rmSync(join(await killBeforeStored(repo), 'run.output.txt'));
        expect((await list(repo)).map(({ outcome }) => outcome)).toEqual(['passed']);
        expect((await repo.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
        expect((await repo.jci('logs')).stdout).toContain('git jci: passed');
      },
      { script },
    ));

  test('and not to be stored now: other commands work, and say so, until it can be', () =>
    withRepo(
      async (repo) => {
        const folder = await killBeforeStored(repo);
        // As on a full disk, no lock can be had.
        repo.write(join(folder, 'recovery'), '');
        const listed = await repo.jci('ls');
        expect(listed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^warning: run \S+ could not be stored yet: EEXIST/) as string });
        expect((await repo.jci('doctor')).stdout).toContain('1 of runs that died and could not be stored yet');
        rmSync(join(folder, 'recovery'));
        await expectWhole(repo, 'passed');
      },
      { script },
    ));

  test('while the script lives on: the orphan is ended, and what it wrote is kept', () =>
    withRepo(
      async (repo) => {
        const inRoot = repo.at('.', { ROOT: repo.root });
        const run = inRoot.startJci('run');
        await run.untilOutput('written');
        run.kill('SIGKILL');
        await run.exit();
        await expectWhole(repo, 'interrupted');
        const pid = readFileSync(join(repo.root, 'pid'), 'utf8').trim();
        expect((await repo.exec('ps', ['-o', 'stat=', '-p', pid])).stdout.replace(/^Z.*\n/, '')).toBe('');
      },
      { script: `${script}; echo $$ > $ROOT/pid; trap '' TERM PIPE; while :; do sleep 0.05; done` },
    ));

  /** Kills git jci once the script has said so, and `more` with it. @returns how long the run is taken to have lasted, in ms. */
  async function durationWhenKilled(repo: TestRepo, more = 'true'): Promise<number | undefined> {
    const run = repo.startJci('run');
    await waitFor(() => existsSync(join(repo.env['HOME'] ?? '', 'late')), { what: 'the script' });
    run.kill('SIGKILL');
    await run.exit();
    await repo.exec('bash', ['-c', more]);
    return (JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { durationMs: number }[] }).runs[0]?.durationMs;
  }

  test('while the script lives on in silence: the run has lasted until then, and that is said to be the least', () =>
    withRepo(
      async (repo) => {
        expect(await durationWhenKilled(repo)).toBeGreaterThanOrEqual(1000);
        expect((await repo.jci('ls')).stdout).toMatch(/^↯ .* > \d[\d.]* s  main/);
        expect((await repo.jci('show')).stdout).toMatch(/^↯ interrupted after at least \d\S* s: git jci was killed/);
        expect((await repo.jci('logs')).stdout).toMatch(/git jci: interrupted after at least /);
        expect((await repo.jci('cat', 'HEAD', 'index.html')).stdout).toContain('<dd>&gt; ');
      },
      { script: 'sleep 1; touch ~/late; exec sleep 100' },
    ));

  test('and its script with it: the run has lasted until its last step was seen', () =>
    withRepo(
      async (repo) => {
        expect(await durationWhenKilled(repo, 'kill -9 -- -$(cat ~/leader)')).toBeGreaterThanOrEqual(1000);
      },
      {
        // The second step waits for its turn to write, so that the log tells nothing of its end.
        script:
          'echo $$ > ~/leader; git jci step first -- sleep 100 & until [ -e "$JCI_STEPS_DIR"/*.json ]; do sleep 0.05; done; git jci step second -- sleep 1 & until grep -q exitCode "$JCI_STEPS_DIR"/*.json; do sleep 0.05; done; touch ~/late; exec sleep 100',
      },
    ));

  test('in a temporary worktree: what it wrote there is kept, and the worktree is used again', () =>
    withRepo(
      async (repo) => {
        const harmed = sabotage(repo, { program: 'git', when: '*unpack-objects*', before: killGitJci });
        await runDirectly(harmed, 'run', '--clean', '--quiet');
        // Another run first: it must not clean away what is not stored yet.
        expect((await repo.jci('run', '--clean', '--quiet')).exitCode).toBe(0);
        expect((await list(repo)).map(({ outcome }) => outcome).sort()).toEqual(['passed', 'passed']);
        expect((await repo.jci('cat', 'HEAD:2', 'artefact.txt')).stdout).toBe('precious\n');
      },
      { script },
    ));

  test('and recovered by several commands at once: stored exactly once', () =>
    withRepo(
      async (repo) => {
        await runDirectly(sabotage(repo, { program: 'git', when: '*update-ref*', before: `${killGitJci}; exit 1` }), 'run', '--quiet');
        await Promise.all(Array.from({ length: 4 }, () => repo.jci('ls')));
        expect(await repo.refs()).toHaveLength(1);
        await expectWhole(repo, 'passed');
      },
      { script },
    ));
});

describe('a result that cannot be stored', () => {
  test('stays where it is, with words, and is stored by the next command once the cause is gone', () =>
    withRepo(
      async (repo) => {
        const harmed = sabotage(repo, { program: 'git', when: '*unpack-objects*', before: 'echo "fatal: disk on fire" >&2; exit 128' });
        const { exitCode, stderr } = await harmed.jci('run', '--quiet');
        expect(exitCode).toBe(128);
        expect(stderr).toContain('disk on fire');
        expect(stderr).toContain(join(repo.path, '.jci'));
        expect(stderr).not.toMatch(/\n\s+at /);
        expect(await repo.refs()).toHaveLength(0);
        await expectWhole(repo, 'passed');
      },
      { script },
    ));

  test('gets a new run id when somebody else has taken its ref', () =>
    withRepo(
      async (repo) => {
        const other = await repo.git('commit-tree', '-m', 'theirs', await repo.git('rev-parse', 'HEAD^{tree}'));
        const steal = [
          'input=$(mktemp); cat > $input',
          "ref=$(tr '\\0' ' ' < $input | cut -d' ' -f2)",
          `[ -e "$HOME/stolen" ] || { touch "$HOME/stolen"; git update-ref "$ref" ${other}; }`,
          'exec < $input',
        ].join('; ');
        const { exitCode } = await sabotage(repo, { program: 'git', when: '*update-ref*', before: steal }).jci('run', '--quiet');
        expect(exitCode).toBe(0);
        const refs = await repo.refs();
        expect(refs).toHaveLength(2);
        const ids = await Promise.all(refs.map((ref) => repo.git('rev-parse', ref)));
        expect(ids).toContain(other);
      },
      { script },
    ));
});
