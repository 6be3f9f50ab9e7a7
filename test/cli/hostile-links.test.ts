import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

/** A folder outside of the repository that nobody may touch. */
function victimOf(repo: TestRepo): string {
  const path = join(repo.root, 'victim');
  repo.write('../victim/precious', 'precious\n');
  repo.write('../victim/1-0000/er', 'precious\n');
  return path;
}

const untouched = ['1-0000', 'precious'];

describe('links that lead out of the repository', () => {
  test.each([
    ['an output directory', (root: string, victim: string) => symlinkSync(victim, join(root, '1-0000'))],
    ['the folder of a commit', (root: string, victim: string) => symlinkSync(victim, join(root, '..', '1'.repeat(40)))],
  ])('committed in the place of %s: doctor --fix removes nothing through them', (_what, link) =>
    withRepo(
      async (repo) => {
        const victim = victimOf(repo);
        const root = join(repo.path, '.jci', '0'.repeat(40));
        mkdirSync(root, { recursive: true });
        link(root, victim);
        await repo.commit({});
        await repo.jci('doctor', '--fix');
        expect(readdirSync(victim)).toEqual(untouched);
      },
      { script: 'true' },
    ),
  );

  test('that a script puts in the place of its output directory: nothing is stored or removed through it', () =>
    withRepo(
      async (repo) => {
        const victim = victimOf(repo);
        const run = await repo.at('.', { VICTIM: victim }).jci('run', '-q');
        expect(run.exitCode).toBe(0);
        expect(run.stderr).toContain('warning: left out, it is a link now');
        expect(readdirSync(victim)).toEqual(untouched);
        expect((await repo.jci('get', '-o', '../got')).exitCode).toBe(0);
        expect(readdirSync(join(repo.root, 'got'))).toEqual(['index.html']);
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
      },
      { script: 'cd /; rm -rf "$JCI_OUTPUT_DIR"; ln -s "$VICTIM" "$JCI_OUTPUT_DIR"' },
    ));

  test('in the place of the folder of a commit: the run is broken, and nothing is written there', () =>
    withRepo(
      async (repo) => {
        const victim = victimOf(repo);
        symlinkSync(victim, join(repo.path, '.jci', await repo.git('rev-parse', 'HEAD')));
        const run = await repo.jci('run', '-q');
        expect(run).toMatchObject({ exitCode: 128, stderr: expect.stringContaining('is a link: nothing is written through it') });
        expect(readdirSync(victim)).toEqual(untouched);
      },
      { script: 'true' },
    ));
});

describe('the folder of the user', () => {
  test.each(['', 'relative'])('XDG_CACHE_HOME=%j counts as unset', (value) =>
    withRepo(
      async (repo) => {
        const odd = repo.at('.', { XDG_CACHE_HOME: value });
        expect((await odd.jci('run', '--clean', '-q')).exitCode).toBe(0);
        expect(await repo.git('status', '--porcelain')).toBe('');
        expect(readdirSync(join(repo.root, 'home', '.cache', 'git-jci', 'worktrees'))).toHaveLength(1);
      },
      { script: 'true' },
    ),
  );
});
