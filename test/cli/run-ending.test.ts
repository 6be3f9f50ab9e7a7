import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { jciCommand } from '../helpers/test-environment.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Notes its pid where the test finds it, says so, and would stay for ever. */
const forever = 'echo $$ > "$PIDS/script"; echo ready; exec sleep 1000';
const ignoresTerm = `trap '' TERM; ${forever.replace('exec sleep 1000', 'while :; do sleep 0.05; done')}`;

async function withPids(script: string, body: (repo: TestRepo, pid: (name: string) => number) => Promise<void>): Promise<void> {
  await withRepo(
    async (repo) => {
      const pid = (name: string): number => Number(readFileSync(join(repo.root, name), 'utf8'));
      await body(repo.at('.', { PIDS: repo.root }), pid);
    },
    { script },
  );
}

const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

async function outcomeOf(repo: TestRepo): Promise<unknown> {
  const { runs } = JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { outcome: string }[] };
  return runs[0]?.outcome;
}

describe('a run ends', () => {
  test('at its timeout, with 124', () =>
    withPids(forever, async (repo, pid) => {
      const { exitCode, stderr } = await repo.jci('run', '--timeout', '700ms');
      expect(exitCode).toBe(124);
      expect(stderr).toContain('timeout');
      expect(isAlive(pid('script'))).toBe(false);
      expect(await outcomeOf(repo)).toBe('timeout');
    }));

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('at %s, with %i, and is stored as cancelled', (signal, code) =>
    withPids(forever, async (repo, pid) => {
      const run = repo.startJci('run');
      await run.untilOutput('ready');
      run.kill(signal);
      expect((await run.exit()).exitCode).toBe(code);
      expect(isAlive(pid('script'))).toBe(false);
      expect(await outcomeOf(repo)).toBe('cancelled');
      expect(await repo.fsck()).toBe('');
    }),
  );

  test('with SIGKILL after the grace period when the script ignores SIGTERM', () =>
    withPids(ignoresTerm, async (repo, pid) => {
      await repo.git('config', 'jci.grace', '300ms');
      const run = repo.startJci('run');
      await run.untilOutput('ready');
      run.kill('SIGINT');
      // git delivers Ctrl-C a second time at once: that is the same one.
      run.kill('SIGINT');
      expect((await run.exit()).exitCode).toBe(130);
      expect(isAlive(pid('script'))).toBe(false);
    }));

  test.skipIf(process.getuid?.() !== 0)('(needs root) at its timeout, though the script may not be ended by us', () =>
    withPids('echo $$ > ~/script; exec ~/raise --reuid=0 --clear-groups sleep 1000', async (repo) => {
      const home = repo.env['HOME'] ?? '';
      const nobody = '65534';
      // As `exec sudo`: what it runs belongs to somebody else from then on.
      await repo.exec('bash', ['-c', `cp "$(command -v setpriv)" ~/raise; chown -R ${nobody}:${nobody} "$0"; chown root ~/raise; chmod 4755 ~/raise`, repo.root]);
      const run = await repo.exec('setpriv', [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...jciCommand(), 'run', '--json', '--timeout', '700ms']);
      const script = Number(readFileSync(join(home, 'script'), 'utf8'));
      expect(isAlive(script)).toBe(true);
      process.kill(script, 'SIGKILL');
      expect(run.exitCode).toBe(124);
      const notes = expect.arrayContaining([`process ${script} could not be ended`]) as string[];
      expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'timeout', exitCode: null, notes });
    }));

  test('from another terminal, with git jci cancel', () =>
    withPids(forever, async (repo, pid) => {
      const run = repo.startJci('run');
      await run.untilOutput('ready');
      expect((await repo.jci('cancel')).exitCode).toBe(0);
      expect((await run.exit()).exitCode).toBe(143);
      expect(isAlive(pid('script'))).toBe(false);
      expect((await repo.jci('show', '--json')).stdout).toContain('cancelled by');
      expect((await repo.jci('cancel')).exitCode).toBe(3);
    }));

  test('and so does a daemon that left its group', () =>
    withPids('setsid bash -c \'echo $$ > "$PIDS/daemon"; echo up > "$PIDS/up"; sleep 1000\' & until [ -e "$PIDS/up" ]; do sleep 0.01; done', async (repo, pid) => {
      const { exitCode, stderr } = await repo.jci('run');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('left in the background were ended');
      expect(isAlive(pid('daemon'))).toBe(false);
    }));

  test('and a background process that holds the output open does not hang us', () =>
    withPids('sleep 1000 & echo $! > "$PIDS/child"; echo over', async (repo, pid) => {
      const { exitCode, stdout } = await repo.jci('run');
      expect(exitCode).toBe(0);
      expect(stdout).toBe('over\n');
      expect(isAlive(pid('child'))).toBe(false);
    }));

  test('as failed when a signal of its own ends the script', () =>
    withPids('kill -SEGV $$', async (repo) => {
      const { exitCode, stderr } = await repo.jci('run');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('SIGSEGV');
    }));
});

describe('a live run', () => {
  test('is seen by ls, show and logs -f from another worktree', () =>
    withPids('echo one; until [ -e "$PIDS/go" ]; do sleep 0.01; done; echo two', async (repo) => {
      await repo.git('worktree', 'add', '-q', '--detach', '../linked');
      const linked = repo.at('../linked');
      const run = repo.startJci('run');
      await run.untilOutput('one');
      expect((await linked.jci('ls', '--json')).stdout).toContain('"status":"running"');
      expect((await linked.jci('show')).stdout).toContain('running');
      expect((await linked.jci('status')).exitCode).toBe(4);
      const logs = linked.startJci('logs', '-f');
      await logs.untilOutput('one');
      repo.write(join(repo.root, 'go'), '');
      const followed = await logs.exit();
      expect(followed.exitCode).toBe(0);
      expect(followed.stdout).toContain('one\ntwo\n');
      expect((await run.exit()).exitCode).toBe(0);
    }));

  test('waits for a slot, in line, and is cancelled there without a result', () =>
    withPids('echo ready; until [ -e "$PIDS/go" ]; do sleep 0.01; done', async (repo) => {
      await repo.git('config', 'jci.concurrency', '1');
      const first = repo.startJci('run');
      await first.untilOutput('ready');
      const second = repo.startJci('run');
      await second.untilOutput('waiting for');
      const third = repo.startJci('run');
      await third.untilOutput('waiting for');
      third.kill('SIGINT');
      expect((await third.exit()).exitCode).toBe(130);
      repo.write(join(repo.root, 'go'), '');
      expect((await first.exit()).exitCode).toBe(0);
      expect((await second.exit()).exitCode).toBe(0);
      expect(await repo.refs()).toHaveLength(2);
    }));

  test('gives up its slot when it is killed', () =>
    withPids(forever, async (repo, pid) => {
      await repo.git('config', 'jci.concurrency', '1');
      const first = repo.startJci('run');
      await first.untilOutput('ready');
      const second = repo.startJci('run', '--timeout', '1s');
      await second.untilOutput('waiting for');
      first.kill('SIGKILL');
      await waitFor(() => second.stdout().includes('ready'), { timeoutMs: 20_000 });
      expect((await second.exit()).exitCode).toBe(124);
      await repo.jci('ls');
      expect(isAlive(pid('script'))).toBe(false);
    }));
});
