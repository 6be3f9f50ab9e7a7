import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

type Kind = 'file' | 'folder' | 'pipe' | 'link to nowhere';

async function put(repo: TestRepo, kind: Kind, name: string): Promise<void> {
  const path = join(repo.path, '.git', name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  if (kind === 'file') repo.write(path, 'x');
  else if (kind === 'folder') mkdirSync(path);
  else if (kind === 'link to nowhere') symlinkSync('/nowhere', path);
  else await repo.exec('mkfifo', [path]);
}

test.each<[Kind, string, number]>([
  ['file', 'jci', 3],
  ['link to nowhere', 'jci', 3],
  ['file', 'jci/active', 3],
  ['link to nowhere', 'jci/active', 3],
  ['file', 'jci/pipes', 3],
  ['file', 'jci/cache', 0],
  ['file', 'jci/active/x', 0],
  ['file', 'jci/pipes/x', 0],
  ['folder', 'jci/own-results', 0],
  ['pipe', 'jci/own-results', 0],
  ['pipe', 'jci/cache/summaries-3', 0],
  ['folder', 'jci/cache/trees-1', 0],
])('a %s at .git/%s is told of, holds nothing up, and is cleared by doctor --fix', (kind, name, runExit) =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      expect((await repo.jci('run', '-q')).exitCode).toBe(0);
      await put(repo, kind, name);
      const listed = await repo.jci('ls');
      expect(listed.exitCode).toBe(0);
      expect(listed.stderr).toMatch(/^warning: not what git jci has there: \S+\nhint: git jci doctor --fix\n$/);
      const run = await repo.jci('run');
      expect(run.exitCode).toBe(runExit);
      expect(run.stderr).not.toContain('did not expect');
      expect(await repo.jci('doctor', '--offline', '--fix')).toMatchObject({ stdout: expect.stringMatching(/not what git jci has there: \S+ \(removed 1\)/) as string });
      expect(await repo.jci('run', '-q')).toMatchObject({ exitCode: 0, stderr: '' });
    },
    { script: 'echo ran' },
  ),
);

test('a pipe for a record is no record: nothing waits for it, and doctor --fix clears it', () =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      await put(repo, 'pipe', 'jci/active/x/active.json');
      expect(await repo.jci('run', '-q')).toMatchObject({ exitCode: 0, stderr: '' });
      expect((await repo.jci('doctor', '--offline', '--fix')).stdout).toMatch(/1 folders without a record \(removed 1\)/);
    },
    { script: 'echo ran' },
  ));
