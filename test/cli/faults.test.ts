import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jciCommand } from '../helpers/test-environment.ts';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Mounting needs root; the mounts stand in a namespace that goes with the test. */
const isRoot = process.getuid?.() === 0;

const words = /^git jci: [^\n]+$/m;

/** A place where some folders are mounted otherwise than the rest of the machine sees them. */
interface Mounts {
  /** Runs shell words in it, in the folder of the repository. */
  sh(script: string): Promise<Result>;
  jci(...args: string[]): Promise<Result>;
}

async function withMounts(repo: TestRepo, mount: string): Promise<Mounts> {
  const pidFile = join(repo.root, 'pid');
  void repo.exec('unshare', ['--mount', 'sh', '-ec', `${mount}\necho $$ > "$0.new"; mv "$0.new" "$0"; exec sleep 1000`, pidFile]);
  const pid = await waitFor(() => readdirSync(repo.root).includes('pid') && repo.read(pidFile).trim(), { what: 'the mounts' });
  const enter = ['--mount', `--target=${pid}`, 'sh', '-c'];
  return {
    sh: (script) => repo.exec('nsenter', [...enter, `cd "$0" && ${script}`, repo.path]),
    jci: (...args) => repo.exec('nsenter', [...enter, 'cd "$0" && exec "$@"', repo.path, ...jciCommand(), ...args]),
  };
}

/** A repository on a disk of its own, so small that its results can fill it. */
async function onSmallDisk(repo: TestRepo, script: string): Promise<Mounts> {
  const mounts = await withMounts(repo, `mount -t tmpfs -o size=3m none "${repo.path}"`);
  repo.write('../run.sh', script);
  const made = await mounts.sh('git init -q && mkdir .jci && cp ../run.sh .jci && git add . && git commit -q -m script');
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  return mounts;
}

async function expectSound(mounts: Mounts): Promise<void> {
  expect(await mounts.sh('git fsck --full --strict --no-progress --no-dangling')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await mounts.sh('ls .git/jci/active')).stdout).toBe('');
  expect((await mounts.sh('ls .jci')).stdout).toBe('run.sh\n');
}

const inWords = ({ stderr }: Result): void => {
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at |did not expect/);
};

describe('a full disk', () => {
  test.skipIf(!isRoot)('(needs root: a small tmpfs) while the result is stored: nothing is lost, and it is stored once there is room', () =>
    withRepo(async (repo) => {
      const mounts = await onSmallDisk(repo, 'head -c 2000000 /dev/urandom > big; sha256sum < big | cut -c1-64; echo written');
      const run = await mounts.jci('run');
      expect(run.exitCode).toBe(128);
      inWords(run);
      expect(run.stderr).toMatch(/nothing is lost/);
      expect((await mounts.sh('git for-each-ref refs/jci-runs')).stdout).toBe('');
      await mounts.sh('mount -o remount,size=30m .');
      const listed = await mounts.jci('ls', '--json');
      expect(JSON.parse(listed.stdout)).toMatchObject({ runs: [{ outcome: 'passed' }] });
      const big = (await mounts.jci('cat', 'HEAD', 'big')).stdoutBytes;
      expect(createHash('sha256').update(big).digest('hex')).toBe(run.stdout.split('\n')[0]);
      await expectSound(mounts);
    }),
  );

  test.skipIf(!isRoot)('(needs root: a small tmpfs) that the script itself fills: what it wrote is kept', () =>
    withRepo(async (repo) => {
      const mounts = await onSmallDisk(repo, 'echo first; cat /dev/zero > zeros; seq 50000; echo small > small 2>/dev/null; true');
      const run = await mounts.jci('run', '-q');
      expect(run.exitCode).not.toBe(0);
      inWords(run);
      await mounts.sh('mount -o remount,size=30m .');
      expect((await mounts.jci('ls', '--json')).exitCode).toBe(0);
      expect((await mounts.sh('git for-each-ref refs/jci-runs | wc -l')).stdout).toBe('1\n');
      expect((await mounts.jci('logs')).stdout).toContain('\nfirst\n');
      expect((await mounts.jci('cat', 'HEAD', 'zeros')).stdoutBytes.length).toBeGreaterThan(1_000_000);
      await expectSound(mounts);
    }),
  );

  test.skipIf(!isRoot).each([
    ['with an exit code of its own', 'head -c 5000000 /dev/zero > zeros 2> /dev/null; exit 3', { outcome: 'failed', exitCode: 3 }],
    ['successfully', 'head -c 5000000 /dev/zero > zeros 2> /dev/null; exit 0', { outcome: 'passed', exitCode: 0 }],
  ])('(needs root: a small tmpfs) when the script ends, %s: that is what is stored once there is room', (_, script, end) =>
    withRepo(async (repo) => {
      const mounts = await onSmallDisk(repo, `echo begun; ${script}`);
      const run = await mounts.jci('run', '-q');
      expect(run.exitCode).toBe(128);
      inWords(run);
      await mounts.sh('mount -o remount,size=30m .');
      expect((await mounts.jci('ls')).stderr).toContain('had not been stored');
      expect(JSON.parse((await mounts.jci('cat', 'HEAD', 'jci.json')).stdout)).toMatchObject(end);
      expect((await mounts.jci('logs')).stdout).toContain('\nbegun\n');
      await expectSound(mounts);
    }),
  );

  test.skipIf(!isRoot)('(needs root: a small tmpfs) for what is written after a script has passed: a log that is cut short stands for no verdict', () =>
    withRepo(async (repo) => {
      const daemon = `(trap 'seq 5000; exit' TERM; : > ready; while :; do sleep 0.02; done) &`;
      const mounts = await onSmallDisk(repo, `${daemon}\nuntil [ -e ready ]; do sleep 0.02; done\ncat /dev/zero > zeros 2> /dev/null\nexit 0`);
      expect((await mounts.jci('run', '-q')).exitCode).toBe(128);
      await mounts.sh('mount -o remount,size=30m .');
      expect((await mounts.jci('ls')).stderr).toContain('had not been stored');
      expect(JSON.parse((await mounts.jci('cat', 'HEAD', 'jci.json')).stdout)).toMatchObject({ outcome: 'broken', reason: expect.stringContaining('the log could not be written') as string });
      expect((await mounts.jci('status')).exitCode).toBe(3);
      await expectSound(mounts);
    }),
  );

  test.skipIf(!isRoot)('(needs root: a small tmpfs) before a run: nothing runs, and nothing is left', () =>
    withRepo(async (repo) => {
      const mounts = await onSmallDisk(repo, 'echo ran');
      await mounts.sh('cat /dev/zero > .git/filler');
      const run = await mounts.jci('run');
      expect(run.exitCode).toBe(128);
      inWords(run);
      await mounts.sh('rm .git/filler');
      expect((await mounts.jci('ls')).exitCode).toBe(0);
      await expectSound(mounts);
      expect(await mounts.jci('run')).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    }),
  );
});

describe('a repository that cannot be written to', () => {
  test.skipIf(!isRoot)('(needs root: a read-only mount) still lists and shows, and refuses to run in words', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        const git = join(repo.path, '.git');
        const mounts = await withMounts(repo, `mount --bind "${git}" "${git}"; mount -o remount,bind,ro "${git}"`);
        for (const command of [['ls'], ['log'], ['show'], ['logs'], ['status'], ['verify'], ['tests'], ['badge'], ['cat', 'HEAD', 'out.txt']]) {
          const { exitCode, stderr } = await mounts.jci(...command);
          expect({ command, exitCode, stderr: command[0] === 'tests' ? '' : stderr }).toEqual({ command, exitCode: 0, stderr: '' });
        }
        const run = await mounts.jci('run');
        expect(run).toMatchObject({ exitCode: 128, stdout: '' });
        inWords(run);
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
        expect(await repo.refs()).toHaveLength(1);
        expect(await repo.fsck()).toBe('');
      },
      { script: 'echo ran; echo out > out.txt' },
    ),
  );
});

describe('a clock that steps back', () => {
  /** The repository, seen by programs whose clock is as far off as `shift` (seconds) last said. */
  async function withClock(repo: TestRepo): Promise<{ repo: TestRepo; shift(seconds: number): void }> {
    const preload = (await repo.exec('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'])).stdout.trim();
    const file = join(repo.root, 'clock');
    const shift = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}`);
    shift(0);
    const env = { LD_PRELOAD: preload, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
    return { repo: repo.at('.', env), shift };
  }

  interface Record {
    outcome: string;
    durationMs: number;
    startedAt: string;
    finishedAt: string;
  }

  test('during a run: it ends as it would have, with its true duration', () =>
    withRepo(
      async (plain) => {
        const { repo, shift } = await withClock(plain);
        const run = repo.startJci('run', '--timeout', '50s');
        await run.untilOutput('started');
        shift(-86_400);
        repo.write('../home/go', '');
        expect((await run.exit()).exitCode).toBe(0);
        const record = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as Record;
        expect(record.outcome).toBe('passed');
        expect(record.durationMs).toBeGreaterThanOrEqual(0);
        expect(record.durationMs).toBeLessThan(50_000);
        expect(Date.parse(record.finishedAt)).toBeGreaterThanOrEqual(Date.parse(record.startedAt));
        expect((await repo.jci('show')).stdout).toContain('just now');
        expect((await repo.jci('status')).exitCode).toBe(0);
        expect(await plain.fsck()).toBe('');
      },
      { script: 'echo started; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('between two runs: both are stored, and both can be read', () =>
    withRepo(
      async (plain) => {
        const { repo, shift } = await withClock(plain);
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        shift(-86_400);
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        const { runs } = JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { runId: string; outcome: string }[] };
        expect(runs.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
        const [newer = 0, older = 0] = runs.map(({ runId }) => Number(runId.split('-')[0]));
        expect(newer - older).toBeGreaterThan(80_000);
        for (const { runId } of runs) expect((await repo.jci('cat', runId, 'out.txt')).stdout).toBe('out\n');
        expect(await plain.fsck()).toBe('');
      },
      { script: 'echo out > out.txt' },
    ));

  test('after git jci was killed: its run is recovered, and no duration is negative', () =>
    withRepo(
      async (plain) => {
        const { repo, shift } = await withClock(plain);
        const run = repo.startJci('run');
        await run.untilOutput('started');
        run.kill('SIGKILL');
        await run.exit();
        shift(-86_400);
        const { runs } = JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: Record[] };
        expect(runs).toMatchObject([{ outcome: 'interrupted' }]);
        expect(runs[0]?.durationMs).toBeGreaterThanOrEqual(0);
        expect((await repo.jci('logs')).stdout).toContain('\nstarted\n');
        expect(await plain.fsck()).toBe('');
      },
      { script: 'echo started; sleep 100' },
    ));
});
