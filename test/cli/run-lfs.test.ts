import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n';

/** A repository as somebody without git-lfs has cloned it: of two large files, there are only the pointers. */
async function withPointers(repo: TestRepo, attributes = '.gitattributes'): Promise<void> {
  await repo.commit({ [attributes]: '*.bin filter=lfs diff=lfs merge=lfs -text\n', 'data/model.bin': pointer, 'data/small.bin': 'content\n', 'plain.txt': pointer });
}

const words = "1 file is a git-lfs pointer, without its content: 'data/model.bin'; git-lfs is not set up here (git lfs install)";

/** Stands in for git-lfs as `git lfs install` sets it up: whatever the pointer says, this is the content. */
async function installLfs(repo: TestRepo, command = 'cat > /dev/null; echo the content'): Promise<void> {
  repo.write('../bin/fake-lfs', `#!/bin/sh\n${command}\n`, { executable: true });
  await repo.git('config', 'filter.lfs.smudge', 'fake-lfs smudge -- %f');
  await repo.git('config', 'filter.lfs.clean', 'cat');
  await repo.git('config', 'filter.lfs.required', 'true');
}

describe('files of git-lfs in a temporary worktree', () => {
  test.each(['.gitattributes', 'data/.gitattributes'])('that are pointers only: said on stderr, in the log and in the record (%s)', (attributes) =>
    withRepo(
      async (repo) => {
        await withPointers(repo, attributes);
        const run = await repo.jci('run', '--clean');
        expect(run).toMatchObject({ exitCode: 0, stdout: pointer });
        expect(run.stderr).toContain(`warning: ${words}`);
        expect((await repo.jci('logs')).stdout).toContain(`git jci: ${words}`);
        const { notes } = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as { notes: string[] };
        expect(notes).toEqual([expect.stringContaining(words)]);
      },
      { script: 'cat $JCI_REPO_ROOT/data/model.bin' },
    ),
  );

  test('in a range it is said once', () =>
    withRepo(
      async (repo) => {
        await withPointers(repo);
        await repo.commit({ a: 'a' });
        const { exitCode, stderr } = await repo.jci('run', 'HEAD~2..HEAD');
        expect(exitCode).toBe(0);
        expect(stderr.split(words)).toHaveLength(2);
        expect((await repo.jci('logs', 'HEAD~1')).stdout).toContain(words);
      },
      { script: 'true' },
    ));

  test('have their content as soon as git-lfs is set up, also in a worktree that had the pointers', () =>
    withRepo(
      async (repo) => {
        await withPointers(repo);
        expect((await repo.jci('run', '--clean', '-q')).stderr).toContain(words);
        await installLfs(repo);
        const run = await repo.jci('run', '--clean');
        expect(run).toMatchObject({ exitCode: 0, stdout: 'the content\n' });
        expect(run.stderr).not.toContain('warning');
      },
      { script: 'cat $JCI_REPO_ROOT/data/model.bin' },
    ));

  test('that git-lfs was told to skip: said as well', () =>
    withRepo(
      async (repo) => {
        await withPointers(repo);
        await installLfs(repo, 'cat');
        const run = await repo.at('.', { GIT_LFS_SKIP_SMUDGE: '1' }).jci('run', '--clean');
        expect(run).toMatchObject({ exitCode: 0, stdout: pointer });
        expect(run.stderr).toContain(words);
        expect(run.stderr).toContain('GIT_LFS_SKIP_SMUDGE');
      },
      { script: 'cat $JCI_REPO_ROOT/data/model.bin' },
    ));

  test('with a git-lfs that is set up and gone: the run is broken, in words', () =>
    withRepo(
      async (repo) => {
        await withPointers(repo);
        await installLfs(repo);
        await repo.exec('rm', ['../bin/fake-lfs']);
        const run = await repo.jci('run', '--clean');
        expect(run.exitCode).toBe(128);
        expect(run.stderr).toMatch(/broken.*data\/model\.bin.*lfs/);
        expect(run.stderr).not.toMatch(/\n\s+at /);
      },
      { script: 'true' },
    ));

  test('a repository without any is not told of it', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.gitattributes': '*.txt text\n', 'plain.txt': pointer });
        expect((await repo.jci('run', '--clean')).stderr).not.toContain('lfs');
      },
      { script: 'true' },
    ));
});
