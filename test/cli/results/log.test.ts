import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

/** Three commits of which the middle one failed and the last one has no run. */
async function makeHistory(repo: TestRepo): Promise<void> {
  await repo.jci('run', '-q');
  await repo.commit({ fail: '' }, 'breaks it');
  await repo.jci('run', '-q');
  await repo.git('rm', '--quiet', 'fail');
  await repo.commit({ 'src/a.txt': 'a' }, 'mends it');
}

const script = '[ ! -e "$JCI_REPO_ROOT/fail" ]';

describe('git jci log', () => {
  test('puts the verdict beside each commit', () =>
    withRepo(
      async (repo) => {
        await makeHistory(repo);
        const { stdout, exitCode } = await repo.jci('log');
        expect(exitCode).toBe(0);
        const lines = stdout.trimEnd().split('\n');
        expect(lines).toHaveLength(3);
        expect(lines[0]).toMatch(/^· [0-9a-f]{7,} mends it \(HEAD -> main\) Ada, /);
        expect(lines[1]).toMatch(/^✗ [0-9a-f]{7,} breaks it Ada, .*\d+-[0-9a-f]{4}$/);
        expect(lines[2]).toMatch(/^✓ [0-9a-f]{7,} script Ada, /);
      },
      { script },
    ));

  test('no name and no subject passes for another field', () =>
    withRepo(
      async (repo) => {
        const evil = 'a\u0001b\u0002c\u001fd';
        const tree = await repo.git('rev-parse', 'HEAD^{tree}');
        await repo.at('.', { GIT_AUTHOR_NAME: evil }).git('commit', '--quiet', '--allow-empty', '-m', evil);
        const { commits } = JSON.parse((await repo.jci('log', '--json', '-n', '1')).stdout) as { commits: unknown[] };
        expect(commits).toMatchObject([{ commit: await repo.git('rev-parse', 'HEAD'), tree, author: evil, subject: evil, decoration: 'HEAD -> main' }]);
        const { stdout } = await repo.jci('log', '--graph');
        expect(stdout.trimEnd().split('\n')).toEqual([expect.stringMatching(/^\* · [0-9a-f]{7,} a.*b.*c.*d \(HEAD -> main\) a/), expect.stringMatching(/^\* · [0-9a-f]{7,} script Ada, /)]);
      },
      { script },
    ));

  test('passes on what it knows: -n, --oneline, --graph, --grep, --reverse, revisions', () =>
    withRepo(
      async (repo) => {
        await makeHistory(repo);
        const log = async (...words: string[]): Promise<string[]> => (await repo.jci('log', ...words)).stdout.trimEnd().split('\n');
        expect(await log('-n', '1')).toHaveLength(1);
        expect(await log('-2')).toHaveLength(2);
        expect(await log('--max-count=1', 'HEAD~1')).toEqual([expect.stringContaining('breaks it')]);
        expect((await log('--oneline', '-n1'))[0]).toMatch(/mends it \(HEAD -> main\)$/);
        expect((await log('--graph'))[1]).toMatch(/^\* ✗ [0-9a-f]+ breaks it/);
        expect(await log('--grep', 'breaks')).toHaveLength(1);
        expect((await log('--reverse'))[0]).toContain('script');
        expect(await log('HEAD~1..HEAD')).toHaveLength(1);
        expect(await log('--author=Nobody')).toEqual(['']);
      },
      { script },
    ));

  test('takes what stands after -- for paths', () =>
    withRepo(
      async (repo) => {
        await makeHistory(repo);
        const lines = (await repo.jci('log', '--', 'src')).stdout.trimEnd().split('\n');
        expect(lines).toEqual([expect.stringContaining('mends it')]);
        expect((await repo.jci('log', '--', '--output=evil')).stdout).toBe('');
      },
      { script },
    ));

  test.each([['--output=evil'], ['--ext-diff'], ['-p'], ['--exec=touch evil'], ['--format=%b'], ['-n'], ['--no-index'], ['-nx']])(
    'refuses %s with 2, and nothing is written',
    (option) =>
      withRepo(
        async (repo) => {
          const { exitCode, stdout, stderr } = await repo.jci('log', option);
          expect(exitCode).toBe(2);
          expect(stdout).toBe('');
          expect(stderr).toMatch(/^git jci: [^\n]+\n/);
          expect(existsSync(join(repo.path, 'evil'))).toBe(false);
        },
        { script },
      ),
  );

  test('says what it passes on, all of it, in the hint as in the help', () =>
    withRepo(
      async (repo) => {
        const { stderr } = await repo.jci('log', '-p');
        const [, said, list] = /^git jci: (.*)\nhint: what is: (.*), revisions, and paths after --\n$/.exec(stderr) ?? [];
        expect(said).toBe("git log's -p is not passed on");
        const told = (list ?? '').split(' ');
        for (const option of ['-n', '--no-merges', '--branches', '--reverse', '--skip']) expect(told).toContain(option);
        const help = (await repo.jci('log', '-h')).stdout.replaceAll(/\s+/g, ' ');
        expect(help).toContain(told.join(', '));
        const values: Record<string, string> = { '-n': '1', '--max-count': '1', '--skip': '0', '--since': '2000-01-01', '--after': '2000-01-01', '--until': 'now', '--before': 'now', '--author': 'Ada', '--committer': 'Ada', '--grep': 'script' };
        for (const option of told) {
          const words = values[option] === undefined ? [option] : [option, values[option]];
          const graphless = option === '--reverse' ? [] : ['--graph'];
          expect([words, await repo.jci('log', ...words, ...graphless)]).toMatchObject([words, { exitCode: 0, stderr: '' }]);
        }
        expect((await repo.jci('log', '--onelin')).stderr).toContain("git log's --onelin is not passed on\nhint: did you mean: --oneline\n");
        expect(await repo.jci('log', '-n', 'x')).toMatchObject({ exitCode: 2, stderr: "git jci: -n: 'x' is not a whole number\n" });
      },
      { script },
    ));

  test('--json lists commits with all their runs, newest first', () =>
    withRepo(
      async (repo) => {
        await makeHistory(repo);
        const { version, commits } = JSON.parse((await repo.jci('log', '--json')).stdout) as {
          version: number;
          commits: { commit: string; subject: string; author: string; runs: { runId: string; status: string; outcome: string }[] }[];
        };
        expect(version).toBe(1);
        expect(commits.map(({ subject }) => subject)).toEqual(['mends it', 'breaks it', 'script']);
        expect(commits.map(({ runs }) => runs.map(({ status, outcome }) => [status, outcome]))).toEqual([[], [['err', 'failed']], [['ok', 'passed']]]);
        expect(commits[0]?.commit).toBe(await repo.git('rev-parse', 'HEAD'));
        expect(commits[0]?.author).toBe('Ada');
      },
      { script },
    ));

  test('says of a commit with several runs how many, and shows the latest', () =>
    withRepo(
      async (repo) => {
        for (let run = 0; run < 3; run += 1) await repo.jci('run', '-q');
        expect((await repo.jci('log')).stdout).toMatch(/ and 2 more$/m);
      },
      { script },
    ));

  test('a dirty run is no verdict: it is named if there is nothing else', () =>
    withRepo(
      async (repo) => {
        repo.write('new.txt', 'x');
        await repo.jci('run', '-q');
        expect((await repo.jci('log')).stdout).toMatch(/^· .* dirty \d+-[0-9a-f]{4}$/m);
        expect((await repo.jci('log', '--oneline')).stdout).toMatch(/^· /);
        rmSync(join(repo.path, 'new.txt'));
        repo.write('fail', '');
        await repo.git('add', 'fail');
        await repo.git('commit', '--quiet', '--amend', '--no-edit');
        await repo.jci('run', '-q');
        rmSync(join(repo.path, 'fail'));
        await repo.jci('run', '-q');
        expect((await repo.jci('log')).stdout).toMatch(/^✗ .* \d+-[0-9a-f]{4} and 1 more$/m);
        const { commits } = JSON.parse((await repo.jci('log', '--json')).stdout) as { commits: { runs: { outcome: string; dirty: boolean }[] }[] };
        expect(commits[0]?.runs.map(({ outcome, dirty }) => [outcome, dirty])).toEqual([['passed', true], ['failed', false]]);
      },
      { script },
    ));

  test('a long history has the runs of all its commits', () =>
    withRepo(async (repo) => {
      await makeFakeRuns(repo, { count: 1200, perCommit: 2, failEvery: 4 });
      const symbols = (await repo.jci('log', '--oneline')).stdout.trimEnd().split('\n').map((line) => line[0]).join('');
      expect(symbols).toBe('✓'.repeat(600));
      const { commits } = JSON.parse((await repo.jci('log', '--json')).stdout) as { commits: { runs: { outcome: string }[] }[] };
      expect(commits.map(({ runs }) => runs.map(({ outcome }) => outcome).join())).toEqual(Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? 'passed,passed' : 'passed,failed')));
    }));

  test('an unknown revision is refused with 3, in words; a value that git cannot use with 2', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('log', 'nowhere');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('nowhere');
        expect(stderr).not.toMatch(/\n\s+at /);
        for (const revision of ['main..nowhere', 'deadbeef'.repeat(5), 'HEAD@{5000}']) expect([revision, (await repo.jci('log', revision)).exitCode]).toEqual([revision, 3]);
        expect((await repo.jci('log', '--author=[')).exitCode).toBe(2);
      },
      { script },
    ));
});
