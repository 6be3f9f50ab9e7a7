import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeCronSandbox, whyNoCronSandbox } from '../helpers/cron-sandbox.ts';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const reason = whyNoCronSandbox();

async function recordOf(repo: TestRepo, ref: string): Promise<unknown> {
  return JSON.parse(await repo.git('cat-file', 'blob', `${ref}:jci.json`));
}

describe('cron run', () => {
  test('runs the tip of the branch in a worktree of its own', () =>
    withRepo(async (repo) => {
      const main = await repo.git('rev-parse', 'HEAD');
      await repo.git('checkout', '--quiet', '-b', 'topic');
      const topic = await repo.commit({ 'only-on-topic': 'x' });
      await repo.git('checkout', '--quiet', 'main');
      repo.write('half-done', 'x');
      repo.write('.jci/crontab', '@daily\n0 3 * * * name:nightly branch:topic\n');
      const { exitCode, stdout, stderr } = await repo.jci('cron', 'run', '--quiet', 'nightly');
      expect([exitCode, stdout, stderr]).toEqual([0, '', '']);
      const [ref = ''] = await repo.refs();
      expect(ref).toContain(topic);
      expect(await recordOf(repo, ref)).toMatchObject({ branch: 'topic', trigger: 'cron', job: 'nightly', clean: true, dirty: false });
      expect(await repo.git('rev-parse', 'HEAD')).toBe(main);
      expect(await repo.git('status', '--porcelain')).toBe('?? .jci/crontab\n?? half-done');
      // A flag wins over the entry.
      expect(await repo.jci('cron', 'run', '--quiet', '--branch', 'main', 'nightly')).toMatchObject({ exitCode: 0, stderr: '' });
      expect((await repo.refs()).some((name) => name.includes(main))).toBe(true);
    }, { script: 'test ! -e half-done\n' }));

  test('without a branch runs HEAD, and tells a failure', () =>
    withRepo(async (repo) => {
      repo.write('.jci/crontab', '@daily\n');
      const { exitCode, stdout, stderr } = await repo.jci('cron', 'run', '--quiet', 'daily');
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toContain('failed');
      const [ref = ''] = await repo.refs();
      expect(await recordOf(repo, ref)).toMatchObject({ branch: 'main', trigger: 'cron', job: 'daily', outcome: 'failed' });
    }, { script: 'exit 7\n' }));

  test('is left out while the entry still runs, and only then', () =>
    withRepo(async (repo) => {
      repo.write('.jci/crontab', '@daily name:slow\n@daily name:other\n');
      await repo.exec('mkfifo', ['../go']);
      const first = repo.startJci('cron', 'run', 'slow');
      await first.untilOutput('started');
      const second = await repo.jci('cron', 'run', 'slow');
      expect([second.exitCode, second.stdout]).toEqual([0, '']);
      expect(second.stderr).toBe(`slow is still running (process ${first.pid}): left out this time\n`);
      expect(await repo.jci('cron', 'run', '--quiet', 'slow')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
      await repo.exec('sh', ['-c', 'echo > ../go']);
      expect((await first.exit()).exitCode).toBe(0);
      expect(await repo.refs()).toHaveLength(1);

      const third = repo.startJci('cron', 'run', 'slow');
      await third.untilOutput('started');
      await repo.exec('sh', ['-c', 'echo > ../go']);
      expect((await third.exit()).exitCode).toBe(0);
      expect(await repo.refs()).toHaveLength(2);
    }, { script: 'echo started\ncat "$HOME/../go" > /dev/null\n' }));

  test('entries do not wait for each other', () =>
    withRepo(async (repo) => {
      await repo.git('config', 'jci.concurrency', '2');
      repo.write('.jci/crontab', '@daily name:slow\n@daily name:other\n');
      await repo.exec('mkfifo', ['../go']);
      const first = repo.startJci('cron', 'run', 'slow');
      await first.untilOutput('started');
      const other = repo.startJci('cron', 'run', 'other');
      await other.untilOutput('started');
      first.kill();
      other.kill();
      expect((await first.exit()).exitCode).toBe(143);
      expect((await other.exit()).exitCode).toBe(143);
    }, { script: 'echo started\ncat "$HOME/../go" > /dev/null\n' }));

  test.each([
    ['a name that is none', ['../x'], 2, "'../x' is not the name of a cron entry"],
    ['a branch that is none', ['x', '--branch', '-x'], 2, "'-x' is not a branch name"],
    ['a branch that does not exist', ['x', '--branch', 'gone'], 3, "cron entry 'x' is to run branch 'gone', and there is no such branch here"],
    ['an entry whose branch does not exist', ['lost'], 3, "cron entry 'lost' is to run branch 'nosuch', and there is no such branch here"],
    ['a name that no entry has', ['lots'], 3, ".jci/crontab has no entry 'lots'\nhint: one of: x, lost\n"],
    ['a name that no entry has, quietly', ['lots', '--quiet', '--branch', 'main'], 3, ".jci/crontab has no entry 'lots'"],
    ['an environment that was never written', ['x', '--environment', 'none.json'], 3, 'git jci cron sync'],
    ['no name', [], 2, 'missing argument <name>'],
  ])('refuses %s', (_, args, code, message) =>
    withRepo(async (repo) => {
      repo.write('.jci/crontab', '@daily name:x\n@daily name:lost branch:nosuch\n');
      const { exitCode, stderr } = await repo.jci('cron', 'run', ...args);
      expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
      expect(await repo.refs()).toEqual([]);
    }, { script: 'true\n' }));
});

describe('without the entry in the file', () => {
  test.each([[undefined], ['# nothing yet\n']])('%j: says how to write one', (crontab) =>
    withRepo(async (repo) => {
      if (crontab !== undefined) repo.write('.jci/crontab', crontab);
      const { exitCode, stderr } = await repo.jci('cron', 'run', 'nightly');
      expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/no entry 'nightly'\nhint: write one into it/)]);
    }, { script: 'true\n' }));

  test('the line that is installed runs all the same what it says', () =>
    withRepo(async (repo) => {
      installFakeCrontab(repo);
      const topic = await repo.git('rev-parse', 'HEAD');
      await repo.git('branch', 'topic');
      await repo.commit({ more: 'x' });
      repo.write('.jci/crontab', '@hourly name:other\n@daily branch:topic\n');
      expect((await repo.jci('cron', 'sync')).exitCode).toBe(0);
      const line = repo.read('../home/crontab').split('\n')[1] ?? '';
      const command = line.slice('@daily '.length);
      expect(command).toMatch(/ --branch topic daily_topic # JCI:/);
      for (const crontab of ['@daily branch:topic\n@hourly name:other\n', '61 * * * *\n', '']) {
        repo.write('.jci/crontab', crontab);
        expect(await repo.exec('env', ['-i', `HOME=${repo.env['HOME']}`, 'PATH=/usr/bin:/bin', 'sh', '-c', command])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
      }
      const records = await Promise.all((await repo.refs()).map((ref) => recordOf(repo, ref)));
      expect(records).toHaveLength(3);
      for (const record of records) expect(record).toMatchObject({ commit: topic, branch: 'topic', job: 'daily_topic', outcome: 'passed' });
    }, { script: 'true\n' }));
});

describe.skipIf(reason !== undefined)(`the real cron daemon${reason === undefined ? '' : ` (${reason})`}`, () => {
  test('fires an entry from a path that needs every kind of quoting', { timeout: 120_000 }, () =>
    withRepo(async (origin) => {
      const cron = makeCronSandbox(origin.root);
      await origin.git('clone', '--quiet', '.', `../it's 100% a\\\\b \\%`);
      const repo = origin.at(`../it's 100% a\\\\b \\%`);
      await repo.git('checkout', '--quiet', '-b', 'topic');
      const topic = await repo.commit({ 'only-on-topic': 'x' });
      await repo.git('checkout', '--quiet', 'main');
      repo.write('half-done', 'x');
      // A tool that only the PATH of the user's shell leads to.
      origin.write('../bin/only-by-path', '#!/bin/sh\necho found\n', { executable: true });
      const foreign = 'MAILTO=""\n@yearly echo "\xe9 100\\%"\r\n';
      await cron.exec(repo, 'crontab', ['-'], foreign);
      const before = cron.crontab();
      repo.write('.jci/crontab', '* * * * * name:minute branch:topic\n');
      expect((await cron.jci(repo, 'cron', 'sync')).exitCode).toBe(0);

      cron.startDaemon(repo);
      // Written when the job gives its lock back: then it is over.
      const over = join(repo.path, '.git', 'jci', 'cron', 'locks', 'minute', '1.free');
      await waitFor(() => existsSync(over), { timeoutMs: 100_000, what: 'cron to fire' });
      expect((await cron.jci(repo, 'cron', 'rm')).stdout).toBe('removed  minute\n');

      const [ref = ''] = await repo.refs();
      expect(await recordOf(repo, ref)).toMatchObject({ commit: topic, branch: 'topic', trigger: 'cron', job: 'minute', outcome: 'passed' });
      expect(await repo.git('cat-file', 'blob', `${ref}:run.output.txt`)).toContain('found\n');
      expect(await repo.git('status', '--porcelain', '--branch')).toMatch(/^## main\S*\n\?\? \.jci\/crontab\n\?\? half-done$/);
      expect(cron.crontab()).toBe(before);
    }, { script: 'only-by-path\ntest -e "$JCI_REPO_ROOT/only-on-topic"\ntest ! -e "$JCI_REPO_ROOT/half-done"\n' }));
});
