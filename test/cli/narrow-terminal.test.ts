import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { onTerminal } from '../helpers/terminal.ts';

const subject = 'A subject with many words that goes on for longer than any line here may';

async function linesOn(repo: TestRepo, columns: number, command: string): Promise<string[]> {
  const { exitCode, text } = await onTerminal(repo, command, columns);
  expect(exitCode).toBe(0);
  return stripVTControlCharacters(text).trimEnd().split('\n');
}

describe('on a terminal that is too narrow', () => {
  test('ls and log cut the subject, and never give a line to break', () =>
    withRepo(
      async (repo) => {
        await repo.commit({}, subject);
        await repo.jci('run', '-q');
        for (const columns of [40, 60, 80, 100]) {
          for (const command of ['git jci ls', 'git jci log', 'git jci log --graph --oneline']) {
            const lines = await linesOn(repo, columns, command);
            expect({ command, columns, tooLong: lines.filter((line) => line.length > columns) }).toEqual({ command, columns, tooLong: [] });
            expect(lines.join('\n')).toMatch(columns < 100 ? /A subject.*…/ : /A subject with many words/);
          }
        }
        expect((await linesOn(repo, 60, 'git jci ls'))[0]).toMatch(/^✓ {2}\d+-[0-9a-f]{4} {2}.* A subject.*…$/);
        expect((await repo.jci('log')).stdout).toContain(subject);
        expect((await repo.jci('ls')).stdout).toContain(`main  ${subject}\n`);
      },
      { script: 'true', env: { TERM: 'xterm' } },
    ));
});

test('tests, piped: a long name does not fill up the lines of the others', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const lines = (await repo.jci('tests')).stdout.split('\n');
      expect(lines.find((line) => line.includes('quick'))?.length).toBeLessThan(100);
      expect(lines.find((line) => line.includes('long'))).toContain('long '.repeat(90).trim());
    },
    {
      script: 'echo "<testsuite name=\'s\'><testcase name=\'quick\' time=\'0.01\'/><testcase name=\'$(printf "long %.0s" $(seq 90))\' time=\'2\'/></testsuite>" > junit.xml',
    },
  ));
