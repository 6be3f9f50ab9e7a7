import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { onTerminal } from '../helpers/terminal.ts';

const script = `
echo begun
git jci step types -- sh -c 'sleep 2.5' &
git jci step lint -- sh -c 'sleep 2.5; exit 3'
wait
echo over`;

/** What the terminal shows in the end of lines that were drawn over. */
const settled = (text: string): string => text.split('\n').map((line) => line.slice(line.lastIndexOf('\r\x1b[K') + 1).replace('\x1b[K', '')).join('\n');

describe('a run on a terminal', () => {
  test('tells which steps run while nothing is printed, and how they ended, and leaves only that', () =>
    withRepo(
      async (repo) => {
        const { text } = await onTerminal(repo, 'git jci run', 60);
        expect(text).toMatch(/\r\x1b\[K(?:\x1b\[2m)?running (?:types, lint|lint, types) 0:0\d/);
        expect(settled(text).replaceAll(/\x1b\[[\d;]*m/g, '')).toMatch(/^begun\n(?:▸ types\n✓ types \d\.\d s\n|▸ lint\n✗ lint exit 3 after \d\.\d s\n){2}over\n/);
      },
      { script, env: { TERM: 'xterm' } },
    ));

  test('tells of no secret in the name of a step', () =>
    withRepo(
      async (repo) => {
        const { text } = await onTerminal(repo, 'git jci run', 60);
        expect(text).toMatch(/running deploy \*\*\* 0:0\d/);
        expect(text).not.toContain('hunter22');
      },
      { script: 'git jci step "deploy $API_TOKEN" -- sleep 2.5', env: { TERM: 'xterm', API_TOKEN: 'hunter22' } },
    ));

  test('never draws behind what the script has begun', () =>
    withRepo(
      async (repo) => {
        const { text } = await onTerminal(repo, 'git jci run');
        expect(text).toContain('first part, second part');
        expect(text).not.toContain('running');
      },
      { script: "printf 'first part'; sleep 2; echo ', second part'", env: { TERM: 'xterm' } },
    ));

  test.each([
    ['git jci run | cat', 'xterm'],
    ['git jci run --quiet', 'xterm'],
    ['git jci run --json', 'xterm'],
    ['git jci run', 'dumb'],
  ])('%s with TERM=%s draws nothing', (command, term) =>
    withRepo(
      async (repo) => {
        const { text } = await onTerminal(repo, command);
        expect(text).not.toMatch(/\x1b\[K|running/);
      },
      { script: 'echo begun; sleep 2', env: { TERM: term } },
    ),
  );
});
