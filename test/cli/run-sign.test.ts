import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { useSshKey } from '../helpers/signing-key.ts';
import { killGitJci, sabotage } from '../helpers/saboteur.ts';

interface StoredRecord {
  outcome: string;
  notes: string[];
}

const record = async (repo: TestRepo): Promise<StoredRecord> => JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as StoredRecord;

const unusable: [string, Record<string, string>, string][] = [
  ['gpg is not there', { 'gpg.program': '/nowhere/gpg' }, '/nowhere/gpg'],
  ['the key is unknown to gpg', { 'user.signingkey': 'DEADBEEF' }, 'gpg'],
  ['the file of the ssh key is missing', { 'gpg.format': 'ssh', 'user.signingkey': '/nowhere/key.pub' }, '/nowhere/key.pub'],
];

async function configure(repo: TestRepo, settings: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) await repo.git('config', key, value);
}

describe('git jci run --sign where git cannot sign', () => {
  test.each(unusable)('because %s: the run says so, and its result waits until it can be signed', (_, settings, why) =>
    withRepo(
      async (repo) => {
        await configure(repo, settings);
        const run = await repo.jci('run', '--sign');
        expect(run).toMatchObject({ exitCode: 128, stdout: 'out\n' });
        expect(run.stderr).toMatch(/^git jci: run \S+ passed, but the result could not be written: git could not sign it: .+\nhint: nothing is lost: .+\n$/);
        expect(run.stderr).toContain(why);
        const [, folder = 'no folder'] = /its output is in ([^;]+);/.exec(run.stderr) ?? [];
        expect(repo.read(join(folder, 'artefact.txt'))).toBe('precious\n');

        const later = await repo.jci('ls');
        expect(later).toMatchObject({ exitCode: 0, stdout: '' });
        expect(later.stderr).toMatch(/^warning: run \S+ is not stored: it is to be signed, and git could not sign it: .+\nhint: .*git -c jci\.sign=false jci ls$/m);
        expect(later.stderr).toContain(why);
        expect(await repo.refs()).toEqual([]);

        await useSshKey(repo);
        expect((await repo.jci('ls')).stderr).toMatch(/^run \S+ had not been stored: what it wrote is now in refs\/jci-runs\/\S+$/m);
        expect((await repo.jci('verify', '--signed')).exitCode).toBe(0);
        expect(await record(repo)).toMatchObject({ outcome: 'passed', notes: [] });
        expect((await repo.jci('logs')).stdout.match(/^git jci: passed/gm)).toHaveLength(1);
        expect((await repo.jci('cat', 'HEAD', 'artefact.txt')).stdout).toBe('precious\n');
        expect(existsSync(folder)).toBe(false);
        expect(await repo.fsck()).toBe('');
      },
      { script: 'echo out; echo precious > artefact.txt' },
    ),
  );

  test('and the user gives up: stored unsigned, which is said aloud, in the log and in the record', () =>
    withRepo(
      async (repo) => {
        await configure(repo, { 'gpg.program': '/nowhere/gpg' });
        const { stderr } = await repo.jci('run', '-q', '--sign');
        const [, command = 'no hint'] = /to store it unsigned: (.*)$/m.exec(stderr) ?? [];
        const given = await repo.exec('sh', ['-c', command]);
        const words = 'it is not signed, though that was asked for';
        expect(given.stderr).toContain(words);
        expect((await repo.jci('logs')).stdout).toContain(`git jci: ${words}`);
        expect((await record(repo)).notes).toEqual([expect.stringContaining(words)]);
        expect((await repo.jci('verify', '--signed')).exitCode).toBe(1);
        expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
      },
      { script: 'exit 1' },
    ));

  test('in a range: the other runs go on, and none of them is lost', () =>
    withRepo(
      async (repo) => {
        await configure(repo, { 'gpg.program': '/nowhere/gpg' });
        for (const value of ['quick', 'slow']) await repo.commit({ value });
        const run = repo.startJci('run', '--sign', '--jobs', '2', 'HEAD~2..HEAD');
        await run.untilOutput('passed, but');
        repo.write('../home/go', '');
        const { exitCode, stderr } = await run.exit();
        expect(exitCode).toBe(128);
        expect(stderr.match(/^warning: run .* passed, but .*could not sign it/gm)).toHaveLength(2);
        await repo.exec('git', ['-c', 'jci.sign=false', 'jci', 'ls']);
        const { runs } = JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: StoredRecord[] };
        expect(runs.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
      },
      { script: 'grep -q quick $JCI_REPO_ROOT/value || until [ -e ~/go ]; do sleep 0.05; done' },
    ));
});

test('a run that was to be signed is signed by the command that finds it after a crash', () =>
  withRepo(
    async (repo) => {
      await useSshKey(repo);
      await sabotage(repo, { program: 'git', when: '*commit-tree*', before: `${killGitJci}; exit 1` }).exec('git-jci', ['run', '-q', '--sign']);
      await repo.jci('ls');
      expect((await repo.jci('verify', '--signed')).exitCode).toBe(0);
      expect((await record(repo)).outcome).toBe('passed');
    },
    { script: 'true' },
  ));
