import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { packageInShell } from '../helpers/test-environment.ts';

/** Of the npm package: bun's runtime asks for the folder before any of our code runs, says that it was deleted, and ends. */
test('in a folder that was deleted, what needs none works, and the rest says why not', () =>
  withRepo(async (repo) => {
    const jci = (...args: string[]): ReturnType<typeof repo.exec> =>
      repo.exec('bash', ['-c', `mkdir gone; cd gone; rmdir ../gone; exec ${packageInShell} "$@"`, 'bash', ...args]);
    for (const args of [['version'], ['version', '--json'], ['help'], ['help', 'run'], ['ls', '--help']]) {
      const result = await jci(...args);
      expect({ args, ...result }).toMatchObject({ args, exitCode: 0, stderr: '' });
      expect(result.stdout).not.toBe('');
    }
    for (const args of [['ls'], ['run'], ['show']]) {
      expect({ args, ...(await jci(...args)) }).toMatchObject({
        args,
        exitCode: 128,
        stderr: 'git jci: the current folder has been deleted\nhint: cd into another one\n',
      });
    }
  }));
