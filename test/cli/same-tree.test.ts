import { expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

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
