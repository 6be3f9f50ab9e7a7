import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

describe('git jci cancel', () => {
  test('ends the run under way and waits until it is stored as cancelled', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('started');
        const { exitCode, stderr } = await repo.jci('cancel');
        expect(exitCode).toBe(0);
        expect(stderr).toMatch(/ending run \d+-[0-9a-f]{4}\nrun \S+ is cancelled\n$/);
        expect(await repo.refs()).toHaveLength(1);
        expect((await repo.jci('show')).stdout).toMatch(/^⊘ .*cancelled/);
        expect((await repo.jci('cat', 'HEAD', 'kept.txt')).stdout).toBe('kept\n');
        expect((await run.exit()).exitCode).toBe(143);
      },
      { script: 'echo kept > kept.txt; echo started; sleep 100' },
    ));

  test('ends a script that ignores SIGTERM after the grace period', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.grace', '100ms');
        const run = repo.startJci('run');
        await run.untilOutput('started');
        expect((await repo.jci('cancel', 'HEAD')).exitCode).toBe(0);
        expect((await run.exit()).exitCode).toBe(143);
      },
      { script: "trap '' TERM; echo started; while :; do sleep 0.05; done" },
    ));

  test('with several runs under way wants to know which', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurrency', '2');
        const runs = [repo.startJci('run'), repo.startJci('run')];
        await Promise.all(runs.map((run) => run.untilOutput('started')));
        const refused = await repo.jci('cancel');
        expect(refused.exitCode).toBe(3);
        const [first = '', second = ''] = refused.stderr.match(/\d{10}-[0-9a-f]{4}/g) ?? [];
        expect(refused.stderr).toContain('2 runs are under way');
        expect((await repo.jci('cancel', first)).exitCode).toBe(0);
        expect(await repo.refs()).toHaveLength(1);
        expect((await repo.jci('cancel', second)).exitCode).toBe(0);
        expect((await Promise.all(runs.map((run) => run.exit()))).map(({ exitCode }) => exitCode)).toEqual([143, 143]);
      },
      { script: 'echo started; sleep 100' },
    ));

  test('of nothing, of a run that is over, and of an unknown one is refused with 3', () =>
    withRepo(
      async (repo) => {
        const nothing = await repo.jci('cancel');
        expect(nothing).toMatchObject({ exitCode: 3, stderr: 'git jci: no run is under way\n' });
        await repo.jci('run', '-q');
        const over = await repo.jci('cancel', 'HEAD');
        expect(over.exitCode).toBe(3);
        expect(over.stderr).toContain('is over already');
        expect((await repo.jci('cancel', 'nowhere')).exitCode).toBe(3);
      },
      { script: 'true' },
    ));
});
