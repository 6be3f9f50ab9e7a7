import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LiveProcess } from '../helpers/live-process.ts';
import { withRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const watching = 'Ctrl-C ends it';

/** How often it has come to rest. */
const rests = (watcher: LiveProcess): number => watcher.stderr().split(watching).length - 1;

const untilRest = (watcher: LiveProcess, count: number): Promise<unknown> =>
  waitFor(() => rests(watcher) >= count, { what: `rest number ${count}` });

/** What it has run again for. */
const changesSeen = (watcher: LiveProcess): string[] => [...watcher.stderr().matchAll(/^changed: (.*)$/gm)].map(([, paths = '']) => paths);

describe('git jci run --watch', () => {
  test('runs again when a tracked file changes, and ends with Ctrl-C and the last verdict', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ 'src/input.txt': '0' });
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 1);
        repo.write('src/input.txt', '1');
        await untilRest(watcher, 2);
        expect(watcher.stdout()).toBe('input 0\ninput 1\n');
        expect(await repo.refs()).toHaveLength(2);
        watcher.kill('SIGINT');
        expect((await watcher.exit()).exitCode).toBe(1);
      },
      { script: 'i=$(cat "$JCI_REPO_ROOT/src/input.txt"); echo "input $i"; exit $i' },
    ));

  test('runs again for a new file, but not for an ignored one nor for its own output', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitignore': 'ignored*\n' });
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 1);
        repo.write('ignored.txt', '1');
        repo.write('new.txt', '1');
        await untilRest(watcher, 2);
        repo.write('ignored.txt', '2');
        repo.write('new.txt', '23');
        await untilRest(watcher, 3);
        expect(watcher.stdout()).toBe('ran\nran\nran\n');
        watcher.kill('SIGINT');
        expect((await watcher.exit()).exitCode).toBe(0);
        expect(await repo.refs()).toHaveLength(3);
      },
      { script: 'echo ran; echo x > artefact' },
    ));

  test('a change during the run counts', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ input: '0' });
        const watcher = repo.startJci('run', '--watch');
        await watcher.untilOutput('began 0');
        repo.write('input', '1');
        repo.write('../home/go', '');
        await watcher.untilOutput('began 1');
        await untilRest(watcher, 2);
        watcher.kill('SIGINT');
        await watcher.exit();
      },
      { script: 'echo "began $(cat "$JCI_REPO_ROOT/input")"; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('Ctrl-C during a run cancels it, stores it, and ends the watching', () =>
    withRepo(
      async (repo) => {
        const watcher = repo.startJci('run', '--watch');
        await watcher.untilOutput('started');
        watcher.kill('SIGINT');
        const { exitCode } = await watcher.exit();
        expect(exitCode).toBe(130);
        expect((await repo.jci('ls', '--json')).stdout).toContain('"outcome":"cancelled"');
      },
      { script: 'echo started; sleep 100' },
    ));

  test('a file in a folder that was empty counts, however deep the folder is', () =>
    withRepo(
      async (repo) => {
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 1);
        mkdirSync(join(repo.path, 'new/deep'), { recursive: true });
        // A change that is seen in any case: when its run is over, the new folders have been there for long.
        repo.write('seen.txt', '1');
        await untilRest(watcher, 2);
        repo.write('new/deep/file.txt', '1');
        await untilRest(watcher, 3);
        repo.write('new/deep/file.txt', '22');
        await untilRest(watcher, 4);
        expect(changesSeen(watcher)).toEqual(['seen.txt', 'new/deep/file.txt', 'new/deep/file.txt']);
      },
      { script: 'true' },
    ));

  test('a burst of saves during a run leads to exactly one more run', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ input: '0' });
        const watcher = repo.startJci('run', '--watch');
        await watcher.untilOutput('began 0');
        for (let save = 1; save <= 30; save += 1) repo.write('input', `x${save}`);
        repo.write('../home/go', '');
        await untilRest(watcher, 2);
        // A third run would have begun before this one's.
        repo.write('input', 'last');
        await untilRest(watcher, 3);
        expect(watcher.stdout()).toBe('began 0\nbegan x30\nbegan last\n');
      },
      { script: 'echo "began $(cat "$JCI_REPO_ROOT/input")"; until [ -e ~/go ]; do sleep 0.05; done' },
    ));

  test('files that git ignores neither set off a run nor hold one up', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitignore': '*.log\nbuild/\n', input: '0' });
        repo.write('server.log', '');
        repo.write('build/output', '');
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 1);
        const server = setInterval(() => {
          repo.write('server.log', String(Math.random()));
          repo.write('build/output', String(Math.random()));
        }, 20);
        try {
          repo.write('input', '1');
          await untilRest(watcher, 2);
        } finally {
          clearInterval(server);
        }
        repo.write('input', '2');
        await untilRest(watcher, 3);
        expect(watcher.stdout()).toBe('ran 0\nran 1\nran 2\n');
      },
      { script: 'echo "ran $(cat "$JCI_REPO_ROOT/input")"' },
    ));

  test.each([[[]], [['--clean']]])('a commit and a branch switch set it off, and the run is about the new commit (%j)', (flags) =>
    withRepo(
      async (repo) => {
        const first = await repo.git('rev-parse', 'HEAD');
        const watcher = repo.startJci('run', '--watch', ...flags);
        await untilRest(watcher, 1);
        const second = await repo.commit({ file: '1' });
        await untilRest(watcher, 2);
        await repo.git('switch', '--quiet', '--create', 'other', first);
        await untilRest(watcher, 3);
        await repo.git('update-ref', 'refs/heads/other', second);
        await untilRest(watcher, 4);
        const runs = (await repo.refs()).map((ref) => ref.split('/')[2]);
        expect(runs.filter((commit) => commit === first)).toHaveLength(2);
        expect(runs.filter((commit) => commit === second)).toHaveLength(2);
        expect((await repo.jci('status', first)).exitCode).toBe(0);
      },
      { script: 'true' },
    ));

  test('with --clean a save does not count, until it is committed', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ input: '0' });
        const watcher = repo.startJci('run', '--watch', '--clean');
        await untilRest(watcher, 1);
        repo.write('input', '1');
        repo.write('input', '2');
        await repo.commit({});
        await untilRest(watcher, 2);
        expect(watcher.stdout()).toBe('ran 0\nran 2\n');
        expect(watcher.stderr()).toContain('watching for commits');
        watcher.kill('SIGINT');
        expect((await watcher.exit()).exitCode).toBe(0);
      },
      { script: 'echo "ran $(cat "$JCI_REPO_ROOT/input")"' },
    ));

  test('odd names and files in conflict are told of as they are', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ 'in conflict.txt': 'base' });
        await repo.git('switch', '--quiet', '--create', 'topic');
        await repo.commit({ 'in conflict.txt': 'topic' });
        await repo.git('switch', '--quiet', 'main');
        await repo.commit({ 'in conflict.txt': 'main' });
        expect((await repo.tryGit('merge', 'topic')).exitCode).toBe(1);
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 1);
        repo.write('in conflict.txt', 'ours');
        await untilRest(watcher, 2);
        repo.write('1 new\nline', '');
        await untilRest(watcher, 3);
        expect(changesSeen(watcher)).toEqual(['in conflict.txt', '1 new\\nline']);
      },
      { script: 'true' },
    ));

  test('a branch without run.sh is told of, and waited through', () =>
    withRepo(
      async (repo) => {
        await repo.git('branch', 'bare', await repo.git('commit-tree', '-m', 'empty', await repo.git('hash-object', '-t', 'tree', '-w', '/dev/null')));
        repo.write('sub/.keep', '');
        await repo.commit({});
        // Git removes the folder that it was called in, too.
        const watcher = repo.at('sub').startJci('run', '--watch');
        await untilRest(watcher, 1);
        await repo.git('switch', '--quiet', 'bare');
        await untilRest(watcher, 2);
        expect(watcher.stderr()).toContain('there is no .jci/run.sh');
        await repo.git('switch', '--quiet', 'main');
        await untilRest(watcher, 3);
        expect(watcher.stdout()).toBe('ran\nran\n');
      },
      { script: 'echo ran' },
    ));

  test('what run.sh changes itself leads to one more run, not to runs without end', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ 'src/input': '0', 'src/made': '' });
        const watcher = repo.startJci('run', '--watch');
        await untilRest(watcher, 2);
        await watcher.untilOutput('itself: not run again');
        for (const [index, text] of ['1', '2'].entries()) {
          repo.write('src/input', text);
          await untilRest(watcher, 3 + index);
        }
        // It counts again when it changes between two runs.
        repo.write('src/made', 'by hand');
        await untilRest(watcher, 6);
        expect(changesSeen(watcher)).toEqual(['src/made', 'src/input', 'src/input', 'src/made', 'src/made']);
        const told = 'warning: run.sh changes src/made itself: not run again for it; ignore it in .gitignore';
        expect(watcher.stderr().split('\n').filter((line) => line.includes('run.sh'))).toEqual([told, told]);
      },
      { script: 'cp "$JCI_REPO_ROOT/src/input" "$JCI_REPO_ROOT/src/made"' },
    ));

  test('nor does what it makes another each time', () =>
    withRepo(
      async (repo) => {
        const watcher = repo.startJci('run', '--watch');
        await watcher.untilOutput('itself: not run again');
        repo.write('input', '1');
        await waitFor(() => changesSeen(watcher).includes('input'), { what: 'the change by hand' });
        await untilRest(watcher, 5);
        expect(changesSeen(watcher)).toEqual(['made', 'made', 'made', 'input']);
      },
      { script: 'echo x >> "$JCI_REPO_ROOT/made"' },
    ));

  test('a file that somebody saves in one run after another counts each time', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ input: '0' });
        const watcher = repo.startJci('run', '--watch');
        for (const save of [1, 2, 3]) {
          await watcher.untilOutput(`began ${save - 1}`);
          repo.write('input', String(save));
          repo.write(`../home/go-${save - 1}`, '');
        }
        await watcher.untilOutput('began 3');
        repo.write('../home/go-3', '');
        await untilRest(watcher, 4);
        expect(changesSeen(watcher)).toEqual(['input', 'input', 'input']);
        expect(watcher.stderr()).not.toContain('run.sh');
      },
      { script: 'i=$(cat "$JCI_REPO_ROOT/input"); echo "began $i"; until [ -e ~/go-$i ]; do sleep 0.05; done' },
    ));

  test('with a revision or a range is refused with 2', () =>
    withRepo(
      async (repo) => {
        for (const target of ['HEAD', 'HEAD~1..HEAD']) {
          const { exitCode, stderr } = await repo.jci('run', '--watch', target);
          expect([target, exitCode]).toEqual([target, 2]);
          expect(stderr).toContain('--watch');
        }
        expect(await repo.refs()).toEqual([]);
      },
      { script: 'true' },
    ));
});
