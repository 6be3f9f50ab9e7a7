import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo as withAnyRepo, type RepoOptions, type TestRepo } from '../helpers/repo.ts';

interface Finding {
  check: string;
  state: string;
  message: string;
  fixed?: string;
}

const findings = async (repo: TestRepo, ...words: string[]): Promise<Map<string, Finding>> => {
  const { findings: list } = JSON.parse((await repo.jci('doctor', '--json', ...words)).stdout) as { findings: Finding[] };
  return new Map(list.map((finding) => [finding.check, finding]));
};

function withRepo(body: (repo: TestRepo) => Promise<void>, options: RepoOptions = {}): Promise<void> {
  return withAnyRepo(async (repo) => {
    installFakeCrontab(repo);
    await body(repo);
  }, options);
}

describe('git jci doctor', () => {
  test('finds everything in order, and says with what', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('doctor');
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(/✓ git jci: \d+\.\d+\.\d+\S* on (?:node|bun) /);
        expect(stdout).toMatch(/✓ git: \d+\.\d+/);
        expect(stdout).toMatch(/✓ bash: GNU bash/);
        expect(stdout).toContain('output directories: no leftovers');
        expect([...(await findings(repo)).values()].every(({ state }) => state === 'fine')).toBe(true);
      },
      { script: 'true' },
    ));

  test('tells of leftovers; --fix removes them and nothing else', () =>
    withRepo(
      async (repo) => {
        const head = await repo.git('rev-parse', 'HEAD');
        const output = `.jci/${head}/1700000000-abcd`;
        repo.write(`${output}/left.txt`, 'x');
        repo.write('.jci/mine/keep.txt', 'x');
        const empty = join(repo.path, '.git/jci/active', `${head}.1700000000-abcd`);
        mkdirSync(empty, { recursive: true });
        const found = await findings(repo);
        expect(found.get('output directories')).toMatchObject({ state: 'advice', message: expect.stringContaining(output) as string });
        expect(found.get('records of active runs')).toMatchObject({ state: 'advice' });
        expect(existsSync(join(repo.path, output))).toBe(true);
        expect((await findings(repo, '--fix')).get('output directories')).toMatchObject({ state: 'fine', fixed: 'removed 1' });
        expect(readdirSync(join(repo.path, '.jci')).sort()).toEqual(['mine', 'run.sh']);
        expect(existsSync(empty)).toBe(false);
      },
      { script: 'true' },
    ));

  test('leaves alone what a run under way needs', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run', '--clean');
        await run.untilOutput('started');
        expect((await findings(repo, '--fix')).get('records of active runs')?.message).toBe('1 under way');
        await repo.jci('cancel');
        expect((await run.exit()).exitCode).toBe(143);
        expect((await repo.jci('cat', 'HEAD', 'kept.txt')).stdout).toBe('kept\n');
        expect((await findings(repo, '--fix')).get('temporary worktrees')?.fixed).toBe('removed 1 that nobody uses');
        expect(await repo.git('worktree', 'list')).not.toContain('cache');
      },
      { script: 'echo kept > kept.txt; echo started; sleep 100' },
    ));

  test('packs loose run refs with --fix', () =>
    withRepo(async (repo) => {
      await makeFakeRuns(repo, { count: 250, packed: false });
      expect((await findings(repo)).get('run refs')).toMatchObject({ state: 'advice', message: '250, of which those of 250 commits are loose files' });
      expect((await findings(repo, '--fix')).get('run refs')).toMatchObject({ state: 'fine', fixed: 'packed' });
      expect((await findings(repo)).get('run refs')).toMatchObject({ state: 'fine', message: '250' });
      expect(await repo.refs()).toHaveLength(250);
    }));

  test('tells of refs in the namespace that are no runs, and does not touch them', () =>
    withRepo(
      async (repo) => {
        await repo.git('update-ref', 'refs/jci-runs/mine', 'HEAD');
        expect((await findings(repo, '--fix')).get('namespace')).toMatchObject({ state: 'advice', message: expect.stringContaining('refs/jci-runs/mine') as string });
        expect(await repo.refs()).toEqual(['refs/jci-runs/mine']);
      },
      { script: 'true' },
    ));

  test('asks the remotes, unless --offline; a password is not shown', () =>
    withRepo(
      async (repo) => {
        await repo.git('clone', '-q', '--bare', '.', '../bare');
        await repo.git('remote', 'add', 'origin', '../bare');
        await repo.git('remote', 'add', 'broken', 'http://ada:hunter2@127.0.0.1:1/x.git');
        const found = await findings(repo);
        expect(found.get('remote origin')).toMatchObject({ state: 'fine', message: 'answers, and holds 0 runs' });
        expect(found.get('remote broken')).toMatchObject({ state: 'advice' });
        expect(JSON.stringify([...found])).not.toContain('hunter2');
        expect((await findings(repo, '--offline')).has('remote origin')).toBe(false);
      },
      { script: 'true' },
    ));

  test('tells of lines in the crontab whose repository is gone; --fix removes them and no other byte', () =>
    withRepo(
      async (repo) => {
        const others = '# mine\nMAILTO=""\r\n0 0 * * * cd /gone && true # JCI: no mark\n';
        repo.write('../home/crontab', `${others}no line break at the end`);
        /** The path of a repository that has two jobs installed. */
        const installed = async (name: string): Promise<string> => {
          await repo.git('clone', '--quiet', repo.path, `../${name}`);
          const clone = repo.at(`../${name}`);
          clone.write('.jci/crontab', '0 3 * * * name:nightly\n@hourly branch:main name:often\n');
          expect((await clone.jci('cron', 'sync')).exitCode).toBe(0);
          return clone.path;
        };
        const here = await installed('here');
        const moved = await installed("it's 100% mo\\ved");
        const emptied = await installed('emptied');
        expect((await findings(repo)).get('crontab')).toMatchObject({ state: 'fine' });
        const before = repo.read('../home/crontab');
        await repo.exec('mv', [moved, '../elsewhere']);
        await repo.exec('rm', ['-r', join(emptied, '.git')]);
        const found = (await findings(repo)).get('crontab');
        expect(found).toMatchObject({ state: 'advice', message: expect.stringContaining(`4 lines for repositories that are gone: ${moved} [nightly]`) as string });
        expect(repo.read('../home/crontab')).toBe(before);
        expect((await findings(repo, '--fix')).get('crontab')).toMatchObject({ state: 'fine', fixed: 'removed 4' });
        const isOurs = (line: string): boolean => line.includes('cron run') && !line.includes(`cd ${here} `);
        expect(repo.read('../home/crontab')).toBe(before.split('\n').filter((line) => !isOurs(line)).join('\n'));
        expect((await findings(repo, '--fix')).get('crontab')).not.toHaveProperty('fixed');
      },
      { script: 'true' },
    ));

  test.each([
    ['is missing with the folder it was in', 'rm -r ../disk'],
    ['was alone in a folder that is empty now', 'rm -r ../disk/repo'],
    ['is an empty folder', 'rm -r ../disk/repo && mkdir ../disk/repo'],
  ])('leaves the line of a repository that %s, as on a disk that is not mounted', (_, unmount) =>
    withRepo(
      async (repo) => {
        await repo.git('clone', '--quiet', repo.path, '../disk/repo');
        const clone = repo.at('../disk/repo');
        clone.write('.jci/crontab', '0 3 * * * name:nightly\n');
        await clone.jci('cron', 'sync');
        const crontab = repo.read('../home/crontab');
        expect((await repo.exec('sh', ['-c', unmount])).exitCode).toBe(0);
        const { exitCode, stdout } = await repo.jci('doctor', '--fix');
        expect(exitCode).toBe(0);
        expect(stdout).toContain(`crontab: 1 line for repositories that are gone, or whose disk is not mounted: ${clone.path} [nightly]\n  --fix leaves them`);
        expect(repo.read('../home/crontab')).toBe(crontab);
      },
      { script: 'true' },
    ),
  );

  test('does not touch a line of ours that was commented out or changed by hand', () =>
    withRepo(
      async (repo) => {
        const mark = `# JCI:${'0'.repeat(64)} [nightly]`;
        const lines = [
          `#0 3 * * * cd /gone && git-jci cron run nightly ${mark}`,
          `0 3 * * * cd $GONE && git-jci cron run nightly ${mark}`,
          `0 3 * * * cd gone && git-jci cron run nightly ${mark}`,
          `0 3 * * * cd /gone; git-jci cron run nightly ${mark}`,
          `0 3 * * * cd /gone && make nightly ${mark}`,
          `0 3 * * * /gone/git-jci cron run nightly ${mark}`,
        ];
        repo.write('../home/crontab', lines.join('\n'));
        expect((await findings(repo, '--fix')).get('crontab')).toMatchObject({ state: 'fine' });
        expect(repo.read('../home/crontab')).toBe(lines.join('\n'));
      },
      { script: 'true' },
    ));

  test('tells of keys that mean nothing, and as wrong of values that no run can use', () =>
    withRepo(
      async (repo) => {
        expect((await findings(repo)).get('configuration')).toMatchObject({ state: 'fine' });
        await repo.git('config', 'jci.timout', '5m');
        repo.write('.jci/config', '[jci]\n\tsign = true\n\tgrase = 1s\n');
        const advice = await repo.jci('doctor');
        expect(advice.exitCode).toBe(0);
        expect(advice.stdout).toContain("'jci.sign' is ignored: only the machine's own git configuration may set it");
        expect(advice.stdout).toContain("'jci.grase' is ignored: no such key; did you mean jci.grace?");
        expect(advice.stdout).toContain("'jci.timout' means nothing to git jci: no such key; did you mean jci.timeout?");
        await repo.git('config', 'jci.timeout', 'abc');
        const [run, wrong] = [await repo.jci('run'), await repo.jci('doctor')];
        expect([run.exitCode, wrong.exitCode]).toEqual([2, 1]);
        const why = /^git jci: (jci\.timeout.*)$/m.exec(run.stderr)?.[1] ?? 'nothing said';
        expect(wrong.stdout).toContain(`✗ configuration: ${why}\n`);
      },
      { script: 'true' },
    ));

  test('tells where .jci/crontab and the crontab differ, and takes it that nobody has to install it', () =>
    withRepo(
      async (repo) => {
        const entries = async (): Promise<Finding | undefined> => (await findings(repo, '--fix')).get('cron entries');
        expect(await entries()).toMatchObject({ state: 'fine', message: 'none' });
        repo.write('.jci/crontab', '@daily name:a\n@hourly name:b\n');
        expect(await entries()).toMatchObject({ state: 'fine', message: '2 in .jci/crontab, none of them installed' });
        await repo.jci('cron', 'sync');
        expect(await entries()).toMatchObject({ state: 'fine', message: '2 installed' });
        repo.write('.jci/crontab', '@weekly name:b\n@weekly name:c\n');
        const installed = repo.read('../home/crontab');
        expect(await entries()).toMatchObject({ state: 'advice', message: 'orphaned: a; outdated: b; not installed: c' });
        repo.write('.jci/crontab', '61 * * * *\n@nightly\n');
        expect(await entries()).toMatchObject({ state: 'problem', message: expect.stringMatching(/line 1: minute '61'.*; \.jci\/crontab line 2: '@nightly'/) as string });
        await repo.exec('rm', ['.jci/crontab']);
        expect(await entries()).toMatchObject({ state: 'advice', message: 'orphaned: a, b' });
        expect(repo.read('../home/crontab')).toBe(installed);
      },
      { script: 'true' },
    ));

  test('takes a machine without cron as it is', () =>
    withRepo(
      async (repo) => {
        repo.write('../bin/crontab', '#!/bin/sh\necho "you may not" >&2\nexit 1\n', { executable: true });
        expect((await findings(repo)).get('crontab')).toMatchObject({ state: 'fine', message: 'the crontab cannot be read: you may not' });
        expect((await findings(repo)).get('cron entries')).toMatchObject({ state: 'fine', message: 'the crontab cannot be read: you may not' });
      },
      { script: 'true' },
    ));

  test('refuses words it does not take', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('doctor', '--repair')).exitCode).toBe(2);
        expect((await repo.at('..').jci('doctor')).exitCode).toBe(128);
      },
      { script: 'true' },
    ));
});
