import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');

/** The log of the only run, without our own header and footer, which are other lines. */
async function storedLog(repo: TestRepo): Promise<string> {
  const [ref = ''] = await repo.refs();
  return (await repo.tryGit('cat-file', 'blob', `${ref}:run.output.txt`)).stdout;
}

/** Writes `line <n>` so many times more. */
const linesOf = 'n=0; lines() { for ((i = 0; i < $1; i++)); do echo "line $n"; n=$((n + 1)); done; }';

describe('what a script writes', () => {
  test('by turns slowly, fast, and all at once, is shown and stored to the last byte, in order', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stdout } = await repo.jci('run');
        expect(exitCode).toBe(0);
        expect(stdout === numbered(30 * 5000)).toBe(true);
        expect((await storedLog(repo)).includes(`\n${stdout}`)).toBe(true);
      },
      {
        script: `${linesOf}
for ((round = 0; round < 30; round++)); do
  lines 1; sleep 0.00$((round % 8)); lines 999; seq -f 'line %.0f' $n $((n + 3999)); n=$((n + 4000))
done`,
      },
    ));

  test('as one line of 10 MB is stored as it is', () =>
    withRepo(
      async (repo) => {
        const { stdoutBytes } = await repo.jci('run');
        expect(stdoutBytes).toHaveLength(10_000_005);
        expect(stdoutBytes.subarray(10_000_000).toString()).toBe('\nend\n');
        expect((await storedLog(repo)).includes(`\n${stdoutBytes.toString()}`)).toBe(true);
      },
      { script: "head -c 10000000 /dev/zero | tr '\\0' x; echo; echo end" },
    ));

  test('is shown at once, also after many lines', () =>
    withRepo(
      async (repo) => {
        const run = repo.at('.', { GO: join(repo.root, 'go') }).startJci('run');
        for (const stage of ['1', '2', '3']) {
          await run.untilOutput(`stage ${stage}\n`);
          repo.write(join(repo.root, `go${stage}`), '');
        }
        expect((await run.exit()).stdout).toBe(`stage 1\n${numbered(5000)}stage 2\n${numbered(10_000).slice(numbered(5000).length)}stage 3\n`);
      },
      {
        script: `${linesOf}
stage() { echo "stage $1"; until [ -e "$GO$1" ]; do sleep 0.01; done; }
stage 1; lines 5000; stage 2; lines 5000; stage 3`,
      },
    ));

  test('until it was cancelled is stored without a gap', () =>
    withRepo(
      async (repo) => {
        const run = repo.startJci('run');
        await run.untilOutput('line 3000\n');
        expect((await repo.jci('cancel')).exitCode).toBe(0);
        const { exitCode, stdout } = await run.exit();
        expect(exitCode).toBe(143);
        const lines = stdout.split('\n').filter((line) => line.startsWith('line '));
        expect(lines.length).toBeGreaterThan(3000);
        // The script is killed between two lines or within one.
        expect(numbered(lines.length).startsWith(lines.slice(0, -1).join('\n'))).toBe(true);
        expect((await storedLog(repo)).includes(`\n${lines.join('\n')}`)).toBe(true);
      },
      { script: `${linesOf}\nwhile :; do lines 1000; done` },
    ));
});
