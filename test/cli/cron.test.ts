import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../src/model/cron-schedule.ts';
import { makeCronSandbox, whyNoCronSandbox, type CronSandbox } from '../helpers/cron-sandbox.ts';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const script = 'echo hello\n';
const reason = whyNoCronSandbox();

function withCron(body: (repo: TestRepo, cron: CronSandbox) => Promise<void>): Promise<void> {
  return withRepo((repo) => body(repo, makeCronSandbox(repo.root)), { script });
}

/** What Debian's crontab makes of lines of others: comments, settings, CRLF and Latin-1. */
const foreign = '# mine\nMAILTO=""\n\n*/5 * * * * echo "100\\% \xe9"\r\n\t0 0 * * * true # JCI: no mark\n';

describe.skipIf(reason !== undefined)(`with the real crontab${reason === undefined ? '' : ` (${reason})`}`, () => {
  test('sync installs, changes and removes its own lines and no other byte', () =>
    withCron(async (repo, cron) => {
      expect((await cron.exec(repo, 'crontab', ['-'], foreign)).exitCode).toBe(0);
      const before = cron.crontab();

      repo.write('.jci/crontab', '0 3 * * * branch:main name:nightly\n@hourly name:often\n');
      const added = await cron.jci(repo, 'cron', 'sync');
      expect([added.exitCode, added.stdout]).toEqual([0, 'added    nightly\nadded    often\n']);
      const [nightly, often] = cron.crontab().slice(before.length).split('\n');
      expect(nightly).toMatch(/^0 3 \* \* \* cd .* cron run .* --branch main nightly # JCI:[0-9a-f]{64} \[nightly\]$/);
      expect(often).toMatch(/^@hourly .* often # JCI:[0-9a-f]{64} \[often\]$/);
      expect(cron.crontab().startsWith(before)).toBe(true);

      repo.write('.jci/crontab', '0 4 * * * branch:main name:nightly\n');
      expect((await cron.jci(repo, 'cron', 'sync')).stdout).toBe('changed  nightly\nremoved  often\n');
      expect(cron.crontab()).toBe(`${before}${nightly?.replace('0 3', '0 4')}\n`);

      expect((await cron.jci(repo, 'cron', 'rm')).stdout).toBe('removed  nightly\n');
      expect(cron.crontab()).toBe(before);
    }));

  test('sync writes nothing when nothing changes, and tells it', () =>
    withCron(async (repo, cron) => {
      repo.write('.jci/crontab', '@daily\n');
      await cron.jci(repo, 'cron', 'sync');
      const installed = cron.crontab();
      expect(JSON.parse((await cron.jci(repo, 'cron', 'sync', '--json')).stdout)).toEqual({ version: 1, changes: [], environmentChanged: false });
      const again = await cron.jci(repo, 'cron', 'sync');
      expect([again.exitCode, again.stdout, again.stderr]).toEqual([0, '', 'the crontab is as it should be\n']);
      const elsewhere = repo.at('.', { PATH: `${repo.root}/tools:${repo.env['PATH']}` });
      expect((await cron.jci(elsewhere, 'cron', 'sync')).stdout).toBe('changed  the environment of the jobs\n');
      expect(cron.crontab()).toBe(installed);
    }));

  test('no .jci/crontab means that the lines go, and a crontab of nothing else with them', () =>
    withCron(async (repo, cron) => {
      repo.write('.jci/crontab', '@daily name:a\n');
      await cron.jci(repo, 'cron', 'sync');
      await repo.exec('rm', ['.jci/crontab']);
      expect((await cron.jci(repo, 'cron', 'sync')).stdout).toBe('removed  a\n');
      expect((await cron.exec(repo, 'crontab', ['-l'])).stderr).toContain('no crontab for');
    }));

  test('a bad line installs nothing', () =>
    withCron(async (repo, cron) => {
      repo.write('.jci/crontab', '@daily name:good\n61 * * * *\n@daily branch:-x\n');
      const { exitCode, stderr } = await cron.jci(repo, 'cron', 'sync');
      expect(exitCode).toBe(2);
      expect(stderr).toContain(".jci/crontab line 2: minute '61': 61 is not within 0-59\n.jci/crontab line 3: branch:-x is not");
      expect(cron.crontab()).toBe('');
    }));

  test('a crontab that cron refuses stays as it is', () =>
    withCron(async (repo, cron) => {
      cron.plant('MAILTO=ada\n* * * * * true');
      repo.write('.jci/crontab', '@daily\n');
      const { exitCode, stderr } = await cron.jci(repo, 'cron', 'sync');
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/cron refused the new crontab, the old one stays: .*missing newline/);
      expect(cron.crontab()).toBe('MAILTO=ada\n* * * * * true');
    }));

  test('repositories that are synchronised at once lose nothing of each other', () =>
    withCron(async (repo, cron) => {
      const names = ['one', 'two', 'three', 'four'];
      const repos = names.map((name) => repo.at(join('..', name)));
      for (const other of repos) {
        mkdirSync(other.path);
        await other.git('init', '--quiet');
        other.write('.jci/crontab', '@daily\n');
      }
      const results = await Promise.all(repos.map((other) => cron.jci(other, 'cron', 'sync')));
      expect(results.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(names.map(() => [0, '']));
      expect(cron.crontab().split('\n')).toHaveLength(names.length + 1);
    }));

  test.each([
    ['a plain repository', ['init', '--quiet', '../main'], '../main'],
    ['a git directory elsewhere', ['init', '--quiet', '--separate-git-dir=../store', '../main'], '../linked'],
    ['a bare repository', ['clone', '--quiet', '--bare', '.', '../main'], '../linked'],
  ])('the worktrees of %s share its entries', (_, make, folder) =>
    withCron(async (repo, cron) => {
      await repo.git(...make);
      const main = repo.at('../main');
      if (make[0] === 'init') await main.commit({ a: 'x' });
      for (const path of ['../linked', '../other']) await main.git('worktree', 'add', '--quiet', path);
      const [linked, other] = [repo.at('../linked'), repo.at('../other')];
      linked.write('.jci/crontab', '@daily name:a\n');
      expect(await cron.jci(linked, 'cron', 'sync')).toMatchObject({ exitCode: 0, stdout: 'added    a\n' });
      expect(cron.crontab()).toContain(`@daily cd ${repo.at(folder).path} && `);
      expect(JSON.parse((await cron.jci(linked, 'cron', 'sync', '--json')).stdout)).toMatchObject({ changes: [] });
      expect((await cron.jci(other, 'cron', 'rm')).stdout).toBe('removed  a\n');
      await cron.jci(linked, 'cron', 'sync');
      expect((await cron.jci(main, 'cron', 'rm')).stdout).toBe('removed  a\n');
    }));

  test('ls tells what is installed, outdated, missing and left over', () =>
    withCron(async (repo, cron) => {
      repo.write('.jci/crontab', '@daily name:a\n@daily name:b\n@daily name:c\n');
      await cron.jci(repo, 'cron', 'sync');
      repo.write('.jci/crontab', '@daily name:a\n@hourly name:b\n0 3 * * * name:d branch:main\n');
      expect((await cron.jci(repo, 'cron', 'ls')).stdout.split('\n').map((row) => row.split(/ {2,}/))).toEqual([
        ['installed', 'a', '@daily'],
        ['outdated', 'b', '@hourly'],
        ['not installed', 'd', '0 3 * * *', 'branch main'],
        ['orphaned', 'c', '@daily'],
        [''],
      ]);
      const json: unknown = JSON.parse((await cron.jci(repo, 'cron', 'ls', '--json')).stdout);
      expect(json).toMatchObject({ version: 1, entries: [{ name: 'a', branch: null, state: 'installed' }, {}, { branch: 'main' }, {}] });
    }));

  test('next warns of a CRON_TZ that only some crons go by', () =>
    withCron(async (repo, cron) => {
      await cron.exec(repo, 'crontab', ['-'], 'CRON_TZ=Asia/Tokyo\n');
      repo.write('.jci/crontab', '@daily\n');
      expect((await cron.jci(repo, 'cron', 'next')).stderr).toContain('your crontab sets CRON_TZ=Asia/Tokyo');
    }));

  test('cron takes every schedule that we take', () =>
    withCron(async (repo, cron) => {
      const word = fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '5', '7', '9', '*', '/', '-', ',', 'mon', 'JAN', 'sun'), minLength: 1, maxLength: 5 });
      const words = [...new Set(fc.sample(word, { numRuns: 3000, seed: 1 }))];
      const anyField = words.flatMap((text) => [0, 1, 2, 3, 4].map((place) => ['*', '*', '*', '*', '*'].with(place, text)));
      const known = ['5-5 */100 1-31/40 dec-DEC 0-7', '@reboot', '@annually', '007 1,2 * jan,FEB 5-7'].map((text) => text.split(' '));
      const taken = [...known, ...anyField].filter((fields) => !('problem' in parseSchedule(fields))).slice(0, 800);
      expect(taken.length).toBeGreaterThan(300);
      const table = taken.map((fields) => `${fields.join(' ')} true\n`).join('');
      expect(await cron.exec(repo, 'crontab', ['-'], table)).toMatchObject({ exitCode: 0, stderr: '' });
    }));
});

describe('next', () => {
  test('names the time zone and tells the entries in the order they are due', () =>
    withRepo(async (repo) => {
      repo.write('.jci/crontab', '0 0 1 1 * name:new-year\n* * * * * name:often branch:main\n0 0 30 2 * name:never\n@reboot name:boot\n');
      const { exitCode, stdout, stderr } = await repo.jci('cron', 'next', '-n', '2');
      expect(exitCode).toBe(0);
      const [zone, ...rows] = stdout.trimEnd().split('\n');
      expect(zone).toMatch(/^times in [A-Z]\w+(?:\/\w+)*, the zone of this system$/);
      expect(rows.map((row) => row.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d {2}in (?:less than )?\d+ (?:min|h|d) +/, ''))).toEqual([
        'often     branch main',
        'often     branch main',
        'new-year',
        'new-year',
      ]);
      expect(stderr).toBe("warning: never: '0 0 30 2 *' is never due\nboot: when cron starts next (@reboot)\n");
    }));

  test('--json tells moments that a machine can read', () =>
    withRepo(async (repo) => {
      repo.write('.jci/crontab', '30 4 * * *\n');
      const json: unknown = JSON.parse((await repo.jci('cron', 'next', '--json', '-n1')).stdout);
      const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT04:30:00[+-]\d\d:\d\d$/) as unknown;
      expect(json).toEqual({ version: 1, timeZone: expect.any(String) as unknown, next: [{ name: '30_4_x_x_x', schedule: '30 4 * * *', branch: null, at }] });
    }));

  test('refuses a count that is none', () =>
    withRepo(async (repo) => {
      expect(await repo.jci('cron', 'next', '-n', '0')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining("--number: '0'") });
    }));
});

describe('an entry without a name', () => {
  const statesOf = async (repo: TestRepo): Promise<string[]> => (await repo.jci('cron', 'ls')).stdout.trimEnd().split('\n').map((row) => row.replaceAll(/ {2,}/g, ' | '));

  test('stays the same when the lines around it go', () =>
    withRepo(async (repo) => {
      installFakeCrontab(repo);
      repo.write('.jci/crontab', '@hourly\n0 3 * * * branch:main\n@daily\n');
      await repo.jci('cron', 'sync');
      repo.write('.jci/crontab', '@daily\n0 3 * * * branch:main\n');
      expect(await statesOf(repo)).toEqual(['installed | daily | @daily', 'installed | 0_3_x_x_x_main | 0 3 * * * | branch main', 'orphaned | hourly | @hourly']);
      expect((await repo.jci('cron', 'sync')).stdout).toBe('removed  hourly\n');
      const again = await repo.jci('cron', 'sync');
      expect([again.stdout, again.stderr]).toEqual(['', 'the crontab is as it should be\n']);
    }, { script }));

  test('that stands in the crontab under its number, as it used to, is brought up to date', () =>
    withRepo(async (repo) => {
      installFakeCrontab(repo);
      repo.write('.jci/crontab', '@daily branch:main\n');
      await repo.jci('cron', 'sync');
      const now = repo.read('../home/crontab');
      const old = now.replace('daily_main # JCI', '1 # JCI').replace('[daily_main]', '[1]');
      expect(old).not.toBe(now);
      repo.write('../home/crontab', `MAILTO=""\n${old}`);
      expect(await statesOf(repo)).toEqual(['not installed | daily_main | @daily | branch main', 'orphaned | 1 | @daily']);
      expect((await repo.jci('cron', 'sync')).exitCode).toBe(0);
      expect(repo.read('../home/crontab')).toBe(`MAILTO=""\n${now}`);
      expect((await repo.jci('cron', 'sync')).stderr).toBe('the crontab is as it should be\n');
    }, { script }));
});

test('sync warns of a branch that does not exist, and installs its entry: the branch may come', () =>
  withRepo(async (repo) => {
    installFakeCrontab(repo);
    await repo.git('branch', 'release/1');
    repo.write('.jci/crontab', '@daily name:a branch:main\n@daily name:b branch:release\n@daily name:c branch:nosuch\n');
    const { exitCode, stdout, stderr } = await repo.jci('cron', 'sync');
    expect([exitCode, stdout]).toEqual([0, 'added    a\nadded    b\nadded    c\n']);
    const warning = (name: string, branch: string): string => `warning: ${name}: there is no branch '${branch}' here: until there is one, its runs fail\n`;
    expect(stderr).toBe(warning('b', 'release') + warning('c', 'nosuch'));
    await repo.git('branch', 'nosuch');
    expect((await repo.jci('cron', 'sync')).stderr).toBe(`the crontab is as it should be\n${warning('b', 'release')}`);
  }, { script }));

describe('where it cannot work', () => {
  test('without a crontab program sync says what to install', () =>
    withRepo(async (repo) => {
      const bin = join(repo.root, 'few');
      mkdirSync(bin);
      for (const name of ['git', 'node']) symlinkSync((await repo.exec('sh', ['-c', `command -v ${name}`])).stdout.trim(), join(bin, name));
      repo.write('.jci/crontab', '@daily\n');
      const { exitCode, stderr } = await repo.at('.', { PATH: bin }).jci('cron', 'sync');
      expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/no crontab program.*\nhint: install cron/)]);
    }));

  test.each(['sync', 'ls', 'next', 'rm', 'run x'])('outside a repository: %s', (words) =>
    withRepo(async (repo) => {
      expect((await repo.at(repo.root).jci('cron', ...words.split(' '))).exitCode).toBe(128);
    }));

  test('without a subcommand, or with one that does not exist', () =>
    withRepo(async (repo) => {
      expect((await repo.jci('cron')).exitCode).toBe(2);
      expect((await repo.jci('cron', 'edit')).exitCode).toBe(2);
    }));
});
