import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const steps = `
echo before
git jci step good -- echo inside good
git jci step bad -- sh -c 'echo inside bad; exit 2'
echo '::group::grouped'; echo inside grouped; echo '::endgroup::'
echo behind
exit 1`;

describe('git jci logs', () => {
  test('--raw prints the whole log, byte for byte', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const stored = (await repo.exec('git', ['cat-file', 'blob', `${ref}:run.output.txt`])).stdoutBytes;
        const { exitCode, stdoutBytes } = await repo.jci('logs', '--raw');
        expect(exitCode).toBe(0);
        expect(stdoutBytes.equals(stored)).toBe(true);
        expect(stored.includes(Buffer.from('\xff\x1b[31mred\x1b[0m\n::group::x\n', 'latin1'))).toBe(true);
      },
      { script: "printf '\\xff\\033[31mred\\033[0m\\n::group::x\\n'; printf 'no newline at the end'" },
    ));

  test('into a pipe is what a person reads: commands in words, no escape sequences, and no other byte changed', () =>
    withRepo(
      async (repo) => {
        const said = Buffer.from('\xffred\n▸ unit\ndone\n✓ unit TIME\nerror src/a.js:3: no\nend'.replaceAll(/[▸✓]/g, (sign) => Buffer.from(sign).toString('latin1')), 'latin1');
        const withoutTime = (bytes: Buffer): string => bytes.toString('latin1').replace(/(unit) [\d.]+ m?s\n/, '$1 TIME\n');
        const run = await repo.jci('run');
        expect(withoutTime(run.stdoutBytes)).toBe(said.toString('latin1'));
        expect(withoutTime((await repo.jci('logs')).stdoutBytes)).toContain(said.toString('latin1'));
        expect((await repo.jci('logs', '--step', 'unit')).stdout).toMatch(/^▸ unit\ndone\n✓ unit \d[^\n]*\n$/);
        const colored = (await repo.at('.', { FORCE_COLOR: '1' }).jci('logs')).stdout;
        expect(colored).toContain('\x1b[31mred\x1b[0m\n');
        expect(colored).not.toContain('\x1b[2K');
        const ascii = (await repo.at('.', { LC_ALL: 'C' }).jci('logs')).stdout;
        expect(ascii).toMatch(/\n> unit\ndone\n\+ unit /);
        const page = (await repo.jci('cat', 'HEAD', 'index.html')).stdout;
        expect(page).toContain('error</span> src/a.js:3: no');
        expect(page).not.toMatch(/::|add-mask/);
      },
      { script: "printf '\\xff\\033[31mred\\033[0m\\033[2K\\n'; git jci step unit -- echo done; echo ::error file=src/a.js,line=3::no; echo ::add-mask::secret; printf end" },
    ));

  test('inside a run, or a job of GitHub Actions, commands stay for those who read them', () =>
    withRepo(
      async (repo) => {
        const job = await repo.at('.', { GITHUB_ACTIONS: 'true' }).jci('run');
        expect(job.stdout).toBe('::error file=a.c,line=3::broken\n');
        await repo.commit({ '.jci/run.sh': 'cd "$JCI_REPO_ROOT"; git jci run HEAD~1' });
        await repo.jci('run', '--clean', '-q');
        expect((await repo.jci('show')).stdout).toMatch(/Annotations \(1\)\n {2}error a\.c:3 broken/);
      },
      { script: 'echo ::error file=a.c,line=3::broken' },
    ));

  test('--step prints only that step, --failed only what failed', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const good = (await repo.jci('logs', '--step', 'good')).stdout;
        expect(good).toContain('inside good');
        expect(good).not.toMatch(/inside bad|before|behind|grouped/);
        expect((await repo.jci('logs', '--step', 'grouped')).stdout).toContain('inside grouped');
        const failed = (await repo.jci('logs', 'HEAD', '--failed')).stdout;
        expect(failed).toContain('inside bad');
        expect(failed).not.toMatch(/inside good|before|behind|grouped/);
      },
      { script: steps },
    ));

  test('--failed prints everything where no step failed', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect((await repo.jci('logs', '--failed')).stdout).toBe((await repo.jci('logs')).stdout);
      },
      { script: 'echo no steps; exit 1' },
    ));

  test('--tail prints the last lines', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const all = (await repo.jci('logs')).stdout.split('\n');
        expect((await repo.jci('logs', '--tail', '3')).stdout.split('\n')).toEqual(all.slice(-4));
        expect((await repo.jci('logs', '-n', '1500')).stdout.split('\n')).toEqual(all.slice(-1501));
        expect((await repo.jci('logs', '--tail', '0')).stdout).toBe('');
        expect((await repo.jci('logs', '--tail', '999999')).stdout.split('\n')).toEqual(all);
      },
      { script: 'seq 5000' },
    ));

  test('-f on a run that is over prints it and ends', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('logs', '-f');
        expect(exitCode).toBe(0);
        expect(stdout).toContain('\nall of it\n');
      },
      { script: 'echo all of it' },
    ));

  test('-f follows a run to its end; without it what there is so far', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const run = repo.startJci('run');
        await run.untilOutput('first part');
        const follower = repo.startJci('logs', '-f');
        await follower.untilOutput('first part');
        expect((await repo.jci('logs')).stdout).toMatch(/first part\n$/);
        const refused = await repo.jci('logs', '--failed');
        expect(refused.exitCode).toBe(3);
        expect(refused.stderr).toContain('not over yet');
        writeFileSync(join(home, 'go'), '');
        const { exitCode, stdout } = await follower.exit();
        expect(exitCode).toBe(0);
        expect(stdout).toContain('first part\nsecond part\n');
        await run.exit();
        expect(stdout).toBe((await repo.jci('logs')).stdout);
      },
      { script: 'echo first part; until [ -e "$HOME/go" ]; do sleep 0.05; done; echo second part' },
    ));

  test('-f with --tail begins with the last lines there are', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const run = repo.startJci('run');
        await run.untilOutput('5000\n');
        const follower = repo.startJci('logs', '-f', '--tail', '2');
        await follower.untilOutput('4999\n5000\n');
        expect((await repo.jci('logs', '--tail', '1')).stdout).toBe('5000\n');
        writeFileSync(join(home, 'go'), '');
        expect((await follower.exit()).stdout).toMatch(/^4999\n5000\nthe end\n/);
        await run.exit();
      },
      { script: 'seq 5000; until [ -e "$HOME/go" ]; do sleep 0.05; done; echo the end' },
    ));

  test('of a run that waits for its turn is empty', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurrency', '1');
        const first = repo.startJci('run');
        await first.untilOutput('up');
        const second = repo.startJci('run');
        await second.untilOutput('waiting for');
        const { runs } = JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { runId: string; phase?: string }[] };
        const id = runs.find(({ phase }) => phase === 'waiting')?.runId ?? '';
        expect(await repo.jci('logs', id)).toMatchObject({ exitCode: 0, stdout: '' });
        expect(await repo.jci('logs', id, '--tail', '3')).toMatchObject({ exitCode: 0, stdout: '' });
        first.kill();
        second.kill();
        await Promise.all([first.exit(), second.exit()]);
      },
      { script: 'echo up; exec sleep 1000' },
    ));

  test('--tail and --step give a line of many MiB as it is', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const line = `${'x'.repeat(3_000_000)}\n`;
        expect((await repo.jci('logs', '--step', 'long')).stdout === `▸ long\n${line}`).toBe(true);
        const all = (await repo.jci('logs')).stdout;
        expect(all.includes(`\n▸ long\n${line}`)).toBe(true);
        expect((await repo.jci('logs', '--tail', '7')).stdout.split('\n').join() === all.split('\n').slice(-8).join()).toBe(true);
      },
      { script: "echo ::group::long; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo ::endgroup::" },
    ));

  test('a slow reader gets all of it', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { stdout } = await repo.exec('bash', ['-c', 'git-jci logs | (sleep 0.5; wc -l)']);
        expect(Number(stdout)).toBeGreaterThan(200_000);
      },
      { script: 'seq 200000' },
    ));

  test('a reader that goes away ends it quietly', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { stdout, stderr } = await repo.exec('bash', ['-c', 'set -o pipefail; git-jci logs | head -n 1; echo "${PIPESTATUS[0]}"']);
        expect(stderr).toBe('');
        expect(stdout.trimEnd().split('\n')).toHaveLength(2);
      },
      { script: 'seq 200000' },
    ));

  test('an unknown step is refused with 3, and the ones there are named', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout, stderr } = await repo.jci('logs', '--step', 'none');
        expect(exitCode).toBe(3);
        expect(stdout).toBe('');
        expect(stderr).toContain('it has: good, bad, grouped');
      },
      { script: steps },
    ));
});
