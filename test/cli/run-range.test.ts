import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { sabotage } from '../helpers/saboteur.ts';
import { waitFor } from '../helpers/wait-for.ts';

const judgesValue = 'grep -q ok "$JCI_REPO_ROOT/value"';

/** Commits one after another, oldest first: their ids, shortened. */
async function commits(repo: TestRepo, values: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, value] of values.entries()) ids.push((await repo.commit({ value: `${value} ${index}` }, `value ${value}`)).slice(0, 12));
  return ids;
}

/** Puts two more commits on main and one on `topic`, with the tag `v1` on it, and stays on main. */
async function branchOff(repo: TestRepo): Promise<void> {
  await commits(repo, ['1', '2']);
  await repo.git('checkout', '--quiet', '-b', 'topic');
  await commits(repo, ['3']);
  await repo.git('tag', 'v1');
  await repo.git('checkout', '--quiet', 'main');
}

/** What follows a time has to be the same whatever it was. */
const lines = ({ stderr }: Result): string[] =>
  stderr
    .replace(/\d{10}-[0-9a-f]{4}/g, '<run>')
    .replace(/ +[\d.]+ m?s /g, ' <time> ')
    .replace(/ +/g, ' ')
    .trimEnd()
    .split('\n');

interface RangeJson {
  version: number;
  runs: { commit: string; subject: string; state: string; runId?: string; runCommit?: string; skipped?: string; record?: { runId: string; branch: string | null } }[];
  summary: { total: number; counts: Record<string, number>; firstBad: { commit: string; runId: string } | null };
}

const json = ({ stdout }: Result): RangeJson => JSON.parse(stdout) as RangeJson;

/** The branches that the results name, one for each result. */
async function branches(repo: TestRepo): Promise<string[]> {
  const messages = await repo.git('for-each-ref', '--format=%(contents)', 'refs/jci-runs/');
  const count = (await repo.refs()).length;
  const named = Array.from(messages.matchAll(/^Jci-Branch: (.*)$/gm), ([, name = '']) => name);
  return [...named, ...Array.from({ length: count - named.length }, () => '')].sort();
}

describe('git jci run <range>', () => {
  test('runs every commit in a worktree of its own and exits with the worst code', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['ok', 'ok', 'bad', 'ok']);
        const { exitCode, stderr } = await repo.jci('run', 'HEAD~4..HEAD', '--jobs', '3', '--keep-going');
        expect(exitCode).toBe(1);
        expect(stderr).toContain('value bad');
        const { stdout } = await repo.jci('ls', '--json');
        const outcomes = (JSON.parse(stdout) as { runs: { outcome: string }[] }).runs.map(({ outcome }) => outcome);
        expect(outcomes.sort()).toEqual(['failed', 'passed', 'passed', 'passed']);
        expect(await repo.fsck()).toBe('');
      },
      { script: judgesValue },
    ));

  test('into a pipe: lines in the order of the commits, whichever ends first, with run ids, and the sum of it', () =>
    withRepo(
      async (repo) => {
        const [first, second, third] = await commits(repo, ['a', 'b', 'c']);
        const range = repo.startJci('run', 'HEAD~3..HEAD', '--jobs', '3');
        // The first is over last: it waits for a file.
        await waitFor(async () => (await repo.refs()).length === 2, { what: 'the other two' });
        expect(range.stderr()).toBe('');
        writeFileSync(join(repo.env['HOME'] ?? '', 'go on'), '');
        const ended = await range.exit();
        expect(lines(ended)).toEqual([`✓ ${first} <run> <time> value a`, `✓ ${second} <run> <time> value b`, `✓ ${third} <run> <time> value c`, '3 of 3 passed']);
        const ids = Array.from(ended.stderr.matchAll(/\d{10}-[0-9a-f]{4}/g), ([id]) => id);
        expect(ids.sort()).toEqual((await repo.refs()).map((ref) => ref.split('/').at(-1)).sort());
        expect(ended.stdout).toBe('');
      },
      { script: 'grep -q a "$JCI_REPO_ROOT/value" || exit 0; until [ -e ~/"go on" ]; do sleep 0.02; done' },
    ));

  test('tells what failed, what passed already and what was not started apart, and where to look', () =>
    withRepo(
      async (repo) => {
        const [first, second, third, fourth, fifth] = await commits(repo, ['ok', 'ok', 'bad', 'bad', 'ok']);
        await repo.jci('run', '-q', 'HEAD~5..HEAD~4');
        const ended = await repo.jci('run', 'HEAD~5..', '--jobs', '1', '--if-needed');
        expect(ended.exitCode).toBe(1);
        expect(lines(ended)).toEqual([
          `✓ ${first} <run> value ok passed already`,
          `✓ ${second} <run> <time> value ok`,
          `✗ ${third} <run> <time> value bad`,
          `· ${fourth} value bad not started: an earlier commit failed`,
          `· ${fifth} value ok not started: an earlier commit failed`,
          `2 of 5 passed, 1 failed, 2 not started; first bad commit ${third}: git jci show <run>`,
        ]);
        const [, shown = ''] = /git jci show (\S+)\n$/.exec(ended.stderr) ?? [];
        expect((await repo.jci('show', shown)).stdout).toContain('failed');
      },
      { script: judgesValue },
    ));

  test('the first bad commit is the oldest one, not the first to fail', () =>
    withRepo(
      async (repo) => {
        const [, second] = await commits(repo, ['ok', 'slow', 'bad']);
        const range = repo.startJci('run', 'HEAD~3..HEAD', '--jobs', '3', '--keep-going');
        await waitFor(async () => (await repo.refs()).length === 2, { what: 'the other two' });
        writeFileSync(join(repo.env['HOME'] ?? '', 'go on'), '');
        expect(lines(await range.exit()).at(-1)).toBe(`1 of 3 passed, 2 failed; first bad commit ${second}: git jci show <run>`);
      },
      { script: 'v=$(cat "$JCI_REPO_ROOT/value"); case $v in ok*) exit 0;; bad*) exit 1;; esac; until [ -e ~/"go on" ]; do sleep 0.02; done; exit 1' },
    ));

  test('a commit without a script has a line and a word of its own', () =>
    withRepo(
      async (repo) => {
        await repo.git('rm', '--quiet', '.jci/run.sh');
        await repo.commit({}, 'no script');
        await repo.commit({ '.jci/run.sh': 'exec sleep 60', '.jci/config': '[jci]\n\ttimeout = 1s\n' }, 'too slow');
        const ended = await repo.jci('run', 'HEAD~2..', '--keep-going');
        expect(ended.exitCode).toBe(124);
        expect(lines(ended)[0]).toMatch(/^○ [0-9a-f]{12} no script no \.jci\/run\.sh$/);
        expect(lines(ended)[1]).toMatch(/^◷ [0-9a-f]{12} <run> <time> too slow \S/);
        expect(lines(ended)[2]).toMatch(/^0 of 2 passed, 1 timed out, 1 without \.jci\/run\.sh; first bad commit [0-9a-f]{12}: git jci show <run>$/);
      },
      { script: 'true' },
    ));

  test('a commit without a script stops none that come after it', () =>
    withRepo(async (repo) => {
      await repo.commit({ value: 'ok' }, 'before there was CI');
      await repo.commit({ value: 'still ok' }, 'no script yet');
      await repo.commit({ '.jci/run.sh': 'true' }, 'CI');
      const ended = await repo.jci('run', 'HEAD~2..', '--jobs', '1');
      expect(ended.exitCode).toBe(125);
      expect(lines(ended)[2]).toBe('1 of 2 passed, 1 without .jci/run.sh');
    }));

  test('--quiet prints nothing if all passed, else what failed and the sum', () =>
    withRepo(
      async (repo) => {
        const [, , third] = await commits(repo, ['ok', 'ok', 'bad', 'ok']);
        expect(await repo.jci('run', '--quiet', 'HEAD~4..HEAD~2')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
        const ended = await repo.jci('run', '--quiet', 'HEAD~3..HEAD', '--jobs', '1');
        expect(ended.exitCode).toBe(1);
        expect(lines(ended)).toEqual([`✗ ${third} <run> <time> value bad`, `1 of 3 passed, 1 failed, 1 not started; first bad commit ${third}: git jci show <run>`]);
      },
      { script: judgesValue },
    ));

  test('--json has the same facts', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['ok', 'ok', 'bad', 'ok']);
        await repo.jci('run', '-q', 'HEAD~4..HEAD~3');
        await repo.git('commit', '--quiet', '--allow-empty', '--message', 'again');
        const ended = await repo.jci('run', 'HEAD~5..HEAD', '--jobs', '1', '--if-needed', '--json');
        expect(ended).toMatchObject({ exitCode: 1, stderr: '' });
        const { version, runs, summary } = json(ended);
        expect(version).toBe(1);
        expect(runs.map(({ state }) => state)).toEqual(['passed already', 'passed', 'failed', 'not started', 'not started']);
        expect(runs.map(({ subject }) => subject)).toEqual(['value ok', 'value ok', 'value bad', 'value ok', 'again']);
        expect(runs.map(({ skipped }) => skipped)).toEqual([`passed already in run ${runs[0]?.runId}`, undefined, undefined, ...Array<string>(2).fill('not started: an earlier commit failed')]);
        expect(runs[0]?.runCommit).toBe(runs[0]?.commit);
        expect(runs[2]?.record?.runId).toBe(runs[2]?.runId);
        expect(summary).toEqual({
          total: 5,
          counts: { 'passed already': 1, passed: 1, failed: 1, 'not started': 2 },
          firstBad: { commit: runs[2]?.commit, runId: runs[2]?.runId },
        });
      },
      { script: judgesValue },
    ));

  test('cancelled: what ran is told of, the rest was not started, and the exit code says so', () =>
    withRepo(
      async (repo) => {
        const [first, second] = await commits(repo, ['a', 'b']);
        const range = repo.startJci('run', 'HEAD~2..HEAD', '--jobs', '1');
        await waitFor(() => existsSync(join(repo.env['HOME'] ?? '', 'running')), { what: 'the first run' });
        range.kill('SIGTERM');
        const ended = await range.exit();
        expect(ended.exitCode).toBe(143);
        expect(lines(ended)[0]).toContain(`⊘ ${first} <run> <time> value a`);
        expect(lines(ended).slice(1)).toEqual([`· ${second} value b not started: cancelled`, '0 of 2 passed, 1 cancelled, 1 not started']);
      },
      { script: 'touch ~/running; exec sleep 60' },
    ));

  test('cancelled while it waits for its turn: not started either, and nothing went wrong', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['a']);
        await repo.git('config', 'jci.concurrency', '1');
        const other = repo.startJci('run', '-q');
        await waitFor(() => existsSync(join(repo.env['HOME'] ?? '', 'running')), { what: 'the other run' });
        const range = repo.startJci('run', 'HEAD~1..HEAD');
        await waitFor(() => readdirSync(join(repo.path, '.git/jci/active')).length === 2, { what: 'the waiting run' });
        range.kill('SIGINT');
        const ended = await range.exit();
        expect(ended.exitCode).toBe(130);
        expect(lines(ended)).toEqual([expect.stringMatching(/^· [0-9a-f]{12} value a not started: cancelled$/), '0 of 1 passed, 1 not started']);
        other.kill('SIGTERM');
        await other.exit();
      },
      { script: 'touch ~/running; exec sleep 60' },
    ));
});

describe('the branch of a run', () => {
  test.each([
    ['HEAD~2..HEAD', ['main', 'main']],
    ['HEAD~2..', ['main', 'main']],
    ['HEAD~2..main', ['main', 'main']],
    ['HEAD~2..HEAD~1', ['main']],
    ['main..topic', ['topic']],
    ['main..refs/heads/topic', ['topic']],
    ['main..v1', ['']],
    ['main...topic', ['']],
  ])('of the range %s is that of its tip', (range, expected) =>
    withRepo(
      async (repo) => {
        await branchOff(repo);
        expect((await repo.jci('run', range)).exitCode).toBe(0);
        expect(await branches(repo)).toEqual(expected);
      },
      { script: 'true' },
    ));

  test.each([
    ['HEAD', 'main'],
    ['topic', 'topic'],
    ['refs/heads/topic', 'topic'],
    ['HEAD~1', 'main'],
    ['topic~2', 'main'],
    ['topic~1', 'main'],
    ['v1', ''],
    ['main', 'main'],
  ])('of %s alone is the one it names, else the current one if that holds the commit', (revision, expected) =>
    withRepo(
      async (repo) => {
        await branchOff(repo);
        expect((await repo.jci('run', '--clean', revision)).exitCode).toBe(0);
        expect(await branches(repo)).toEqual([expected]);
      },
      { script: `test "$JCI_BRANCH" = '${expected}'` },
    ));

  test('is none with a detached HEAD, and what --branch says whatever HEAD is on', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['1', '2']);
        await repo.git('checkout', '--quiet', '--detach');
        expect((await repo.jci('run', '--clean', 'HEAD~1')).exitCode).toBe(0);
        expect((await repo.jci('run', 'HEAD~2..HEAD')).exitCode).toBe(0);
        expect(await branches(repo)).toEqual(['', '', '']);
        await repo.jci('run', '--clean', '--branch', 'elsewhere', 'HEAD~1');
        await repo.jci('run', '--branch', 'range', 'HEAD~1..HEAD');
        expect(await branches(repo)).toEqual(['', '', '', 'elsewhere', 'range']);
        for (const target of ['HEAD', 'HEAD~1..']) {
          expect(await repo.jci('run', '--branch', '-x y', target)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("'-x y' is not a branch name") as string });
        }
      },
      { script: 'true' },
    ));

  test('is that of the worktree it was started in, also where HEAD is a symbolic link as in old repositories', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['1']);
        await repo.git('worktree', 'add', '--quiet', '-b', 'topic', '../linked');
        await repo.at('../linked').jci('run', 'HEAD~1..HEAD');
        expect(await branches(repo)).toEqual(['topic']);
        rmSync(join(repo.path, '.git/HEAD'));
        symlinkSync('refs/heads/main', join(repo.path, '.git/HEAD'));
        await repo.jci('run', 'HEAD~1..HEAD');
        expect(await branches(repo)).toEqual(['main', 'topic']);
      },
      { script: 'true' },
    ));

  test('keeps prune --keep-last from mixing them up', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['1', '2', '3']);
        await repo.git('checkout', '--quiet', '-b', 'topic');
        await commits(repo, ['4']);
        await repo.git('checkout', '--quiet', 'main');
        await repo.jci('run', '-q', 'main..topic');
        await repo.jci('run', '-q', 'HEAD~3..HEAD');
        expect((await repo.jci('prune', '--older-than', '0s', '--keep-last', '1', '--commit')).exitCode).toBe(0);
        expect(await branches(repo)).toEqual(['main', 'topic']);
      },
      { script: 'true' },
    ));
});

test('worktrees that are made at the same time do not get into each other', () =>
  withRepo(
    async (repo) => {
      await commits(repo, Array.from({ length: 8 }, () => 'ok'));
      await repo.git('config', 'jci.concurrency', '8');
      const run = await repo.jci('run', 'HEAD~8..HEAD', '--jobs', '8');
      expect(lines(run).at(-1)).toBe('8 of 8 passed');
      expect(await repo.fsck()).toBe('');
    },
    { script: judgesValue },
  ));

describe('trouble with one commit of a range', () => {
  test('is told as its result, and the others keep theirs', () =>
    withRepo(
      async (repo) => {
        await commits(repo, ['ok', 'ok']);
        const last = await repo.git('rev-parse', 'HEAD');
        // As if the record could not be written.
        const harmed = sabotage(repo, { program: 'git', when: `*checkout*${last}*`, before: `rm -rf "${repo.path}/.git/jci/active/${last}".*` });
        const { exitCode, stderr } = await harmed.jci('run', 'HEAD~2..HEAD');
        expect(exitCode).toBe(128);
        expect(stderr).toMatch(/^warning: run \S+ could not go on: ENOENT/m);
        expect(stderr).not.toContain('did not expect');
        expect(await repo.refs()).toHaveLength(1);
      },
      { script: judgesValue },
    ));

  test('that ends the command ends the runs under way first', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurrency', '2');
        await commits(repo, ['stays', 'leads', 'broken']);
        const tree = await repo.git('rev-parse', 'HEAD^{tree}');
        rmSync(join(repo.path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
        const { exitCode, stderr } = await repo.jci('run', '--jobs', '2', 'HEAD~3..HEAD');
        expect(exitCode).toBe(3);
        expect(stderr).not.toContain('did not expect');
        const script = repo.read('../home/script').trim();
        expect((await repo.exec('ps', ['-o', 'stat=', '-p', script])).stdout.replace(/^Z.*\n/, '')).toBe('');
        expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
      },
      { script: 'if grep -q stays "$JCI_REPO_ROOT/value"; then echo $$ > ~/script; exec sleep 1000; fi; until [ -s ~/script ]; do sleep 0.01; done' },
    ));
});
