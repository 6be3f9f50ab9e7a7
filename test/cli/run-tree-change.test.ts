import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type LiveProcess, type TestRepo } from '../helpers/repo.ts';
import { killGitJci, sabotage } from '../helpers/saboteur.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Passes if `answer.txt` is right by the time it may go on. */
const script = `
  until_there() { until [ -e "$1" ]; do sleep 0.01; done; }
  echo begun; until_there ~/go
  grep -q right "$JCI_REPO_ROOT/answer.txt"; code=$?
  touch ~/judged; until_there ~/end
  exit $code`;

async function withWrongAnswer(body: (repo: TestRepo) => Promise<void>): Promise<void> {
  await withRepo(
    async (repo) => {
      await repo.commit({ 'answer.txt': 'wrong\n' });
      await repo.git('config', 'jci.concurrency', '1');
      await body(repo);
    },
    { script },
  );
}

/** Starts a run that holds the only slot, and one that waits for it. */
async function startInLine(repo: TestRepo, ...args: string[]): Promise<{ first: LiveProcess; second: LiveProcess }> {
  const first = repo.startJci('run', '--clean');
  await first.untilOutput('begun');
  const second = repo.startJci('run', ...args);
  await second.untilOutput('waiting for');
  return { first, second };
}

async function startRun(repo: TestRepo, ...args: string[]): Promise<LiveProcess> {
  const run = repo.startJci('run', ...args);
  await run.untilOutput('begun');
  return run;
}

function goOn(repo: TestRepo): void {
  for (const gate of ['go', 'end']) repo.write(`../home/${gate}`, '');
}

/** Has the script judge another branch, which is gone when it ends. */
async function showOtherBranch(repo: TestRepo): Promise<void> {
  await repo.git('switch', '-q', '-c', 'right');
  await repo.commit({ 'answer.txt': 'right\n' });
  repo.write('../home/go', '');
  await waitFor(() => existsSync(join(repo.env['HOME'] ?? '', 'judged')), { what: 'the script' });
  await repo.git('switch', '-q', 'main');
}

async function records(repo: TestRepo): Promise<{ commit: string; outcome: string; dirty: boolean }[]> {
  return (JSON.parse((await repo.jci('ls', '--json', '--all')).stdout) as { runs: [] }).runs;
}

describe('a run that waits in line', () => {
  test('is of the tree that it runs in: one that was changed meanwhile is no verdict', () =>
    withWrongAnswer(async (repo) => {
      const { first, second } = await startInLine(repo);
      repo.write('answer.txt', 'right\n');
      goOn(repo);
      expect((await first.exit()).exitCode).toBe(1);
      const { exitCode, stderr } = await second.exit();
      expect(exitCode).toBe(0);
      expect(stderr).toContain('warning: the working tree has changes: this run is no verdict on the commit');
      expect((await records(repo))[0]).toMatchObject({ outcome: 'passed', dirty: true });
      expect((await repo.jci('logs', 'HEAD')).stdout).toContain('in the working tree, which has changes');
      expect((await repo.jci('status')).exitCode).toBe(1);
    }));

  test('is of the commit that HEAD is at by then', () =>
    withWrongAnswer(async (repo) => {
      const wrong = await repo.git('rev-parse', 'HEAD');
      const { first, second } = await startInLine(repo);
      const right = await repo.commit({ 'answer.txt': 'right\n' });
      goOn(repo);
      await first.exit();
      const { exitCode, stderr } = await second.exit();
      expect(exitCode).toBe(0);
      expect(stderr).toContain(`HEAD has moved: what runs is ${right.slice(0, 7)}`);
      expect(await records(repo)).toMatchObject([{ commit: right, outcome: 'passed', dirty: false }, { commit: wrong, outcome: 'failed' }]);
      expect((await repo.jci('status')).exitCode).toBe(0);
      expect((await repo.jci('status', wrong)).exitCode).toBe(1);
      expect(await repo.exec('ls', ['-A', '.git/jci/active'])).toMatchObject({ stdout: '' });
    }));

  test('is of the commit that was named, wherever HEAD is by then', () =>
    withWrongAnswer(async (repo) => {
      const wrong = await repo.git('rev-parse', 'HEAD');
      const { first, second } = await startInLine(repo, wrong);
      await repo.commit({ 'answer.txt': 'right\n' });
      goOn(repo);
      await first.exit();
      expect((await second.exit()).exitCode).toBe(1);
      expect(await records(repo)).toMatchObject([{ commit: wrong, outcome: 'failed' }, { commit: wrong }]);
    }));
});

describe('a run in the working tree', () => {
  test('is a verdict if nothing has changed when it ends, though HEAD has got another name', () =>
    withWrongAnswer(async (repo) => {
      const run = await startRun(repo);
      await repo.git('switch', '-q', '-c', 'topic');
      goOn(repo);
      await run.exit();
      expect(await records(repo)).toMatchObject([{ outcome: 'failed', dirty: false }]);
      expect((await repo.jci('status')).exitCode).toBe(1);
    }));

  test('is a verdict if HEAD has moved to the same tree: that is what verdicts are about', () =>
    withWrongAnswer(async (repo) => {
      const run = await startRun(repo);
      await repo.git('commit', '-q', '--amend', '-m', 'reworded');
      goOn(repo);
      await run.exit();
      expect(await records(repo)).toMatchObject([{ outcome: 'failed', dirty: false }]);
      expect((await repo.jci('status')).exitCode).toBe(1);
    }));

  const changes: [string, (repo: TestRepo) => Promise<unknown>, RegExp][] = [
    ['a file is changed', (repo) => repo.exec('bash', ['-c', 'echo right > answer.txt']), /the working tree has changed during the run \(answer\.txt\)/],
    ['git is told not to look at a file that is changed then', (repo) => repo.exec('bash', ['-c', 'git update-index --assume-unchanged answer.txt; echo right > answer.txt']), /the working tree has changed during the run \(answer\.txt\)/],
    ['files are added', (repo) => repo.exec('bash', ['-c', 'echo right > answer.txt; touch a "b c"; touch d e']), /\(answer\.txt, a, b c and 2 more\)/],
    ['a change is committed', (repo) => repo.commit({ 'answer.txt': 'right\n' }), /HEAD has moved during the run/],
    ['HEAD goes elsewhere, and comes back', showOtherBranch, /HEAD has moved during the run/],
    ['HEAD comes back, and its reflog is cut', (repo) => showOtherBranch(repo).then(() => repo.git('reflog', 'expire', '--expire=now', '--all')), /whether the working tree has changed is not known \(the reflog of HEAD was cut/],
    ['there is no telling', (repo) => repo.exec('bash', ['-c', 'echo right > answer.txt; echo nonsense > .git/index']), /whether the working tree has changed is not known \(git status failed/],
  ];
  test.each(changes)('is no verdict when %s while the script runs', (_, change, words) =>
    withWrongAnswer(async (repo) => {
      const wrong = await repo.git('rev-parse', 'HEAD');
      const run = await startRun(repo);
      await change(repo);
      goOn(repo);
      const { exitCode, stderr } = await run.exit();
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(words);
      expect(stderr).toContain('this run is no verdict on the commit (--clean runs the commit itself)');
      await repo.exec('rm', ['-f', '.git/index']);
      expect(await records(repo)).toMatchObject([{ commit: wrong, outcome: 'passed', dirty: true }]);
      expect((await repo.jci('logs', wrong)).stdout).toMatch(words);
      expect((await repo.jci('status', wrong)).exitCode).toBe(3);
    }),
  );

  test('is no verdict then either if git jci is killed before the result is stored', () =>
    withWrongAnswer(async (repo) => {
      const harmed = sabotage(repo, { program: 'git', when: '*unpack-objects*', before: killGitJci });
      const run = harmed.start('git-jci', 'run');
      await run.untilOutput('begun');
      repo.write('answer.txt', 'right\n');
      goOn(repo);
      expect((await run.exit()).exitCode).toBe(null);
      expect(await records(repo)).toMatchObject([{ outcome: 'passed', dirty: true }]);
      expect((await repo.jci('status')).exitCode).toBe(3);
    }));
});

describe('files that git was told not to look at', () => {
  const endOfLine = { '.gitattributes': '*.txt text eol=crlf\n' };

  test.each(['--skip-worktree', '--assume-unchanged'])('are changes where they differ (%s)', (flag) =>
    withWrongAnswer(async (repo) => {
      goOn(repo);
      await repo.git('update-index', flag, 'answer.txt');
      repo.write('answer.txt', 'right\n');
      const { exitCode, stderr } = await repo.jci('run');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('warning: git was told not to look at files that have changes (skip-worktree, assume-unchanged): answer.txt\n');
      expect(await records(repo)).toMatchObject([{ outcome: 'passed', dirty: true }]);
      expect((await repo.jci('status')).exitCode).toBe(3);
    }),
  );

  test.each(['--skip-worktree', '--assume-unchanged'])('are no changes where git would store what it has (%s)', (flag) =>
    withWrongAnswer(async (repo) => {
      goOn(repo);
      await repo.commit(endOfLine);
      await repo.git('update-index', flag, 'answer.txt');
      repo.write('answer.txt', 'wrong\r\n');
      await repo.jci('run');
      expect(await records(repo)).toMatchObject([{ outcome: 'failed', dirty: false }]);
    }),
  );

  test('are no changes where a sparse checkout has left them out', () =>
    withWrongAnswer(async (repo) => {
      goOn(repo);
      await repo.commit({ 'left/out.txt': 'x' });
      await repo.git('sparse-checkout', 'set', '--no-cone', '/*', '!/left/');
      await repo.jci('run');
      expect(await records(repo)).toMatchObject([{ outcome: 'failed', dirty: false }]);
    }));

  test('are changes where they are gone', () =>
    withWrongAnswer(async (repo) => {
      goOn(repo);
      await repo.git('update-index', '--assume-unchanged', 'answer.txt');
      await repo.exec('rm', ['answer.txt']);
      await repo.jci('run');
      expect(await records(repo)).toMatchObject([{ outcome: 'failed', dirty: true }]);
    }));
});
