import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

interface Steps {
  steps: { name: string; depth: number; exitCode?: number; durationMs: number; firstLine: number; lastLine: number }[];
}

describe('git jci step', () => {
  test('times a command, returns its code, and its output can be read alone', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run')).exitCode).toBe(0);
        const { steps } = JSON.parse((await repo.jci('cat', 'HEAD', 'steps.json')).stdout) as Steps;
        expect(steps.map(({ name, exitCode }) => [name, exitCode])).toEqual([['good', 0], ['bad one', 3]]);
        expect(steps[0]?.durationMs).toBeGreaterThanOrEqual(100);
        const alone = await repo.jci('logs', '--step', 'bad one');
        expect(alone.stdout).toContain('from bad');
        expect(alone.stdout).not.toContain('from good');
        expect((await repo.jci('logs', '--failed')).stdout).toBe(alone.stdout);
      },
      { script: "git jci step good -- sh -c 'sleep 0.1; echo from good'; git jci step 'bad one' -- sh -c 'echo from bad >&2; exit 3'; [ $? = 3 ]" },
    ));

  test('any number at once never interleave, and lose no byte', () =>
    withRepo(
      async (repo) => {
        const { stdout, exitCode } = await repo.jci('run');
        expect(exitCode).toBe(0);
        const blocks = stdout.split(/^✓ [a-f] \d[^\n]*\n/m).filter((block) => block !== '');
        expect(blocks).toHaveLength(6);
        for (const block of blocks) {
          const [header = '', ...lines] = block.trimEnd().split('\n');
          const name = header.replace(/^▸ /, '');
          expect(lines).toEqual(Array.from({ length: 300 }, (_, i) => `${name} ${i + 1} ${'x'.repeat(200)}`));
        }
      },
      {
        script:
          "x=$(printf 'x%.0s' $(seq 200)); for n in a b c d e f; do git jci step $n -- bash -c 'for i in $(seq 300); do echo \"$0 $i $1\" >/dev/std$([ $((i%2)) = 0 ] && echo out || echo err); done' $n $x & done; wait",
      },
    ));

  test('inside a step stands inside it', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run')).exitCode).toBe(0);
        const { steps } = JSON.parse((await repo.jci('cat', 'HEAD', 'steps.json')).stdout) as Steps;
        expect(steps.map(({ name, depth }) => [name, depth])).toEqual([['outer', 0], ['inner', 1]]);
      },
      { script: "git jci step outer -- bash -c 'echo before; git jci step inner -- echo within; echo after'" },
    ));

  test('of ::group:: lines are steps too', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run');
        const { steps } = JSON.parse((await repo.jci('cat', 'HEAD', 'steps.json')).stdout) as Steps;
        expect(steps.map(({ name }) => name)).toEqual(['setup', 'build']);
      },
      { script: 'echo "::group::setup"; echo a; echo "::endgroup::"; echo "::group::build"; echo b; echo "::endgroup::"' },
    ));

  test('that failed or goes on in a run that passed is told of', () =>
    withRepo(
      async (repo) => {
        const run = await repo.jci('run', '-q');
        expect(run.exitCode).toBe(0);
        expect(run.stderr).toMatch(/warning: step 'bad' failed with exit code 3, yet run.sh exited with 0/);
        expect(run.stderr).toMatch(/warning: step 'slow' was still running, yet run.sh exited with 0/);
        expect(run.stderr).not.toContain("'good'");
        expect((await repo.jci('logs')).stdout).toContain("step 'bad' failed with exit code 3");
      },
      { script: 'git jci step good -- true; git jci step bad -- sh -c "exit 3" && true; git jci step slow -- sh -c "touch ~/up; exec sleep 100" & until [ -e ~/up ]; do sleep 0.02; done' },
    ));

  test('whose output cannot be kept until it is its turn fails in words, once its command is over', () =>
    withRepo(
      async (repo) => {
        const { stdout } = await repo.jci('run');
        expect(stdout).toContain("the output of step 'second' could not be kept: EFBIG");
        expect(stdout).not.toContain('internal error');
        expect(stdout).toMatch(/^it was over, and the step ended with 128$/m);
      },
      {
        script: `
          until_there() { until [ -e "$1" ]; do sleep 0.01; done; }
          git jci step first -- bash -c 'touch ~/first; until [ -e ~/end ]; do sleep 0.01; done' &
          until_there ~/first
          (ulimit -f 64; git jci step second -- bash -c 'head -c 1000000 /dev/zero; sleep 0.5; touch ~/over')
          code=$?
          [ -e ~/over ] && echo "it was over, and the step ended with $code"
          touch ~/end; wait`,
      },
    ));

  test('outside a run just runs the command', () =>
    withRepo(async (repo) => {
      const { exitCode, stdout } = await repo.jci('step', 'x', '--', 'sh', '-c', 'echo out; exit 9');
      expect([exitCode, stdout]).toEqual([9, 'out\n']);
      expect((await repo.jci('step', 'x', '--', 'no-such-command')).exitCode).toBe(127);
    }));

  test('without a command is wrong usage', () =>
    withRepo(async (repo) => {
      expect((await repo.jci('step', 'x')).exitCode).toBe(2);
      expect((await repo.jci('step')).exitCode).toBe(2);
    }));
});
