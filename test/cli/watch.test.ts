import { describe, expect, test } from 'vitest';
import type { LiveProcess } from '../helpers/live-process.ts';
import { withRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const watching = 'watching for changes';

/** How often it has come to rest. */
const rests = (watcher: LiveProcess): number => watcher.stderr().split(watching).length - 1;

const untilRest = (watcher: LiveProcess, count: number): Promise<unknown> =>
  waitFor(() => rests(watcher) >= count, { what: `rest number ${count}` });

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
