import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

/** What bash would offer after these words, through the function that git's own completion calls. */
async function offers(repo: TestRepo, ...words: string[]): Promise<string[]> {
  const script = [
    'eval "$(git-jci completion bash)"',
    // As they were typed: quotes are part of them.
    'COMP_WORDS=(git jci "$@")',
    'COMP_CWORD=$(( $# + 1 ))',
    'cur="${COMP_WORDS[COMP_CWORD]}"; prev="${COMP_WORDS[COMP_CWORD-1]}"; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD',
    '_git_jci',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { stdout } = await repo.exec('bash', ['--norc', '-c', script, 'bash', ...words]);
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

test('bash is offered artefacts, folder by folder, and steps, quoted', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      expect(await offers(repo, 'cat', 'HEAD', 'one')).toEqual(['one\\ folder/']);
      expect(await offers(repo, 'cat', 'HEAD', 'one\\ folder/')).toEqual(["one\\ folder/it\\'s\\ \\$HOME"]);
      expect(await offers(repo, 'cat', "'HEAD'", "'one folder/i")).toEqual(["one folder/it'\\''s $HOME"]);
      expect(await offers(repo, 'logs', '--step', '')).toEqual(['build\\ it', 'lint']);
      expect(await offers(repo, 'logs', 'HEAD', '--step', 'b')).toEqual(['build\\ it']);
      expect(await offers(repo, 'cat', 'HEAD~1', '')).toEqual([]);
    },
    { script: 'mkdir "one folder"; echo 1 > "one folder/it\'s \\$HOME"; git jci step "build it" -- true; git jci step lint -- true' },
  ));

test('bash is offered the runs that ls lists, newest first, and others once their id is begun', () =>
  withRepo(async (repo) => {
    const runs = (await makeFakeRuns(repo, { count: 30, secondsApart: 10 })).map(({ runId }) => runId);
    const tip = await repo.git('rev-parse', 'HEAD');
    await repo.git('checkout', '--quiet', '--orphan', 'other');
    await repo.commit({ a: 'x' });
    const elsewhere = '1899999999-abcd';
    await repo.git('update-ref', `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/${elsewhere}`, (await repo.refs())[0] ?? '');
    await repo.git('checkout', '--quiet', 'main');
    expect(await repo.git('rev-parse', 'HEAD')).toBe(tip);
    const listed = (JSON.parse((await repo.jci('ls', '--json')).stdout) as { runs: { runId: string }[] }).runs.map(({ runId }) => runId);
    expect(listed).toEqual(runs.slice(0, 20));
    expect(await offers(repo, 'show', '')).toEqual([...listed, 'HEAD', 'main', 'other']);
    expect(await offers(repo, 'show', '1')).toEqual([elsewhere, ...runs]);
    expect(await offers(repo, 'show', '18')).toEqual([elsewhere]);
  }));

test('bash is offered the entries of the crontab', () =>
  withRepo(async (repo) => {
    expect(await offers(repo, 'cron', 'run', '')).toEqual([]);
    repo.write('.jci/crontab', '@daily\n0 3 * * * name:nightly branch:main\n@hourly name:night.2\n');
    expect(await offers(repo, 'cron', 'run', '')).toEqual(['daily', 'nightly', 'night.2']);
    expect(await offers(repo, 'cron', 'run', 'ni')).toEqual(['nightly', 'night.2']);
    expect((await repo.jci('__complete', 'entry', 'nightly')).stdout).toBe('nightly\t0 3 * * *, main\n');
    repo.write('.jci/crontab', '61 * * * *\n');
    expect(await offers(repo, 'cron', 'run', '')).toEqual([]);
  }));

const fishIsThere = spawnSync('sh', ['-c', 'command -v fish']).status === 0;

test.skipIf(!fishIsThere)('(needs fish) fish is offered artefacts and steps', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const offered = async (line: string): Promise<string> =>
        (await repo.exec('fish', ['--no-config', '-c', 'git-jci completion fish | source; complete -C $argv[1]', line])).stdout;
      expect(await offered('git jci cat HEAD one')).toBe('one folder/\tfolder\n');
      expect(await offered("git jci cat HEAD 'one folder/i")).toBe("one folder/it's $HOME\n");
      expect(await offered('git-jci logs HEAD --step=b')).toContain('--step=build it\t');
    },
    { script: 'mkdir "one folder"; echo 1 > "one folder/it\'s \\$HOME"; git jci step "build it" -- true' },
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
