import { expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

/** A commit that passed, then was reworded. @returns the run, and what it is called as. */
async function runAndReword(repo: TestRepo): Promise<{ runId: string; before: string; after: string }> {
  await repo.jci('run', '-q');
  const runId = (await repo.refs())[0]?.split('/').at(-1) ?? '';
  const before = await repo.git('rev-parse', '--short=12', 'HEAD');
  await repo.git('commit', '--quiet', '--amend', '-m', 'reworded');
  return { runId, before, after: await repo.git('rev-parse', '--short=12', 'HEAD') };
}

test.each<[words: string[], hint: string]>([
  [['show'], 'git jci show RUN'],
  [['show', 'main'], 'git jci show RUN'],
  [['logs', '--tail', '5'], 'git jci logs RUN'],
  [['tests'], 'git jci tests RUN'],
  [['cat', 'HEAD', 'out.txt'], 'git jci cat RUN out.txt'],
  [['get', 'HEAD:1'], 'git jci get RUN'],
  [['verify'], 'git jci verify RUN'],
  [['diff', 'RUN', 'HEAD'], 'git jci diff RUN RUN'],
  [['diff', 'HEAD'], 'git jci diff RUN'],
  [['rerun', 'HEAD'], 'git jci run HEAD'],
])('after a reworded message, %j names the run of the same tree', (words, hint) =>
  withRepo(
    async (repo) => {
      const { runId, before, after } = await runAndReword(repo);
      const typed = words.map((word) => word.replace('RUN', runId));
      const { exitCode, stdout, stderr } = await repo.jci(...typed);
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
      const called = words[1] === 'main' ? 'main' : 'HEAD';
      const sentence = `git jci: ${called} (${after}) has no runs of its own; its tree passed in run ${runId} of ${before}`;
      expect(stderr).toBe(`${sentence}\nhint: ${hint.replaceAll('RUN', runId)}\n`);
    },
    { script: 'echo hello > out.txt' },
  ),
);

test('a run under way of the same tree is named too, and nothing is if there is none that counts', () =>
  withRepo(
    async (repo) => {
      const live = repo.startJci('run');
      await live.untilOutput('started');
      await repo.git('commit', '--quiet', '--amend', '-m', 'reworded');
      expect((await repo.jci('logs')).stderr).toMatch(/ has no runs of its own; its tree is running in run (\d+-[0-9a-f]{4}) of [0-9a-f]{12}\nhint: git jci logs \1\n/);
      await repo.jci('cancel');
      await live.exit();
      expect((await repo.jci('logs')).stderr).toMatch(/^git jci: HEAD \([0-9a-f]{12}\) has no runs\nhint: git jci run\n$/);
    },
    { script: 'echo started; sleep 100' },
  ));

test('ls lists the runs of commits, and names the run of the same tree where the tip has none', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const [first] = await repo.refs();
      await repo.commit({ a: '' }, 'second');
      await repo.jci('run', '-q');
      const second = (await repo.refs()).find((ref) => ref !== first)?.split('/') ?? [];
      const said = `its tree passed in run ${second[3]} of ${second[2]?.slice(0, 12)}: git jci show ${second[3]}\n`;
      expect((await repo.jci('ls')).stderr).toBe('');
      expect((await repo.jci('ls', '--limit', '1', 'HEAD~1')).stderr).toBe('');
      await repo.git('commit', '--quiet', '--amend', '-m', 'reworded');
      const called = (name: string, id: string): string => `${name} (${id.slice(0, 12)}) has no runs of its own; ${said}`;
      const tip = await repo.git('rev-parse', 'HEAD');
      const { stdout, stderr } = await repo.jci('ls');
      expect(stdout.trimEnd().split('\n')).toEqual([expect.stringContaining(first?.split('/')[3] ?? '')]);
      expect(stderr).toBe(called('HEAD', tip));
      expect(await repo.jci('ls', tip)).toMatchObject({ stdout: '', stderr: called(tip, tip) });
      expect((await repo.jci('ls', '--branch', 'main')).stderr).toBe(called('main', tip));
      for (const words of [['--all'], ['--json'], ['--status', 'failed', '--all']]) expect((await repo.jci('ls', ...words)).stderr).not.toContain('its tree');
      await repo.commit({ b: '' }, 'third');
      expect((await repo.jci('ls')).stderr).toBe('');
      expect((await repo.jci('ls', 'HEAD')).stderr).toBe('no runs here; start one with: git jci run\n');
    },
    { script: 'true' },
  ));
