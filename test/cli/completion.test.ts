import { expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

/** What bash would offer after these words, through the function that git's own completion calls. */
async function offers(repo: TestRepo, ...words: string[]): Promise<string[]> {
  const script = [
    'eval "$(git-jci completion bash)"',
    `COMP_WORDS=(git jci ${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length + 1}`,
    'cur="${COMP_WORDS[COMP_CWORD]}"; prev="${COMP_WORDS[COMP_CWORD-1]}"; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD',
    '_git_jci',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { stdout } = await repo.exec('bash', ['--norc', '-c', script]);
  return stdout.split('\n').map((line) => line.trim()).filter(Boolean);
}

test('bash is offered commands, options and runs', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const runId = (await repo.refs())[0]?.split('/').at(-1);
      expect(await offers(repo, 'sta')).toEqual(['status']);
      expect(await offers(repo, 'run', '--if')).toEqual(['--if-needed']);
      expect(await offers(repo, 'show', (runId ?? '').slice(0, 4))).toContain(runId);
    },
    { script: 'true' },
  ));

test.each(['bash', 'zsh', 'fish'])('there is a script for %s', (shell) =>
  withRepo(async (repo) => {
    const { exitCode, stdout } = await repo.jci('completion', shell);
    expect(exitCode).toBe(0);
    for (const word of ['run', 'prune', 'if-needed']) expect(stdout).toContain(word);
  }),
);

test('an unknown shell is refused with 2', () =>
  withRepo(async (repo) => {
    expect((await repo.jci('completion', 'tcsh')).exitCode).toBe(2);
  }));
