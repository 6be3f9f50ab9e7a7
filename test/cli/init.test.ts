import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const makefile = 'test:\n\techo tested > "$$JCI_OUTPUT_DIR/told"\n';

describe('git jci init', () => {
  test('writes a script that fits, executable, and it runs', () =>
    withRepo(async (repo) => {
      repo.write('Makefile', makefile);
      mkdirSync(join(repo.path, 'sub'));
      const { exitCode, stdout, stderr } = await repo.at('sub').jci('init');
      expect(exitCode).toBe(0);
      expect(stdout).toBe('wrote .jci/run.sh\n');
      expect(stderr).toContain('Makefile: make (test)');
      expect(stderr).toContain('git jci hook install');
      expect(statSync(join(repo.path, '.jci', 'run.sh')).mode & 0o111).not.toBe(0);
      await repo.commit({}, 'ci');
      expect(await repo.git('ls-files', '--stage', '.jci')).toMatch(/^100755 /);
      expect((await repo.jci('run', '--clean')).exitCode).toBe(0);
      expect((await repo.jci('cat', 'HEAD', 'told')).stdout).toBe('tested\n');
    }));

  test('npm scripts of a project without dependencies run as they are', () =>
    withRepo(async (repo) => {
      const scripts = { lint: 'node -e "process.exit(0)"', test: 'node -e "process.exit(3)"' };
      repo.write('package.json', JSON.stringify({ name: 'x', scripts }));
      await repo.jci('init');
      await repo.commit({}, 'ci');
      expect((await repo.jci('run')).exitCode).toBe(1);
      const { steps } = JSON.parse((await repo.jci('cat', 'HEAD', 'steps.json')).stdout) as { steps: { name: string; exitCode: number }[] };
      expect(steps.map(({ name, exitCode }) => [name, exitCode])).toEqual([['lint', 0], ['test', 3]]);
    }));

  test('never overwrites, not even a link to nowhere', () =>
    withRepo(async (repo) => {
      repo.write('.jci/run.sh', 'mine');
      const { exitCode, stderr } = await repo.jci('init');
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/\.jci\/run\.sh is there already .*\nhint: .*init --print\n/);
      expect(repo.read('.jci/run.sh')).toBe('mine');
      await repo.exec('rm', ['.jci/run.sh']);
      symlinkSync('../elsewhere', join(repo.path, '.jci', 'run.sh'));
      expect((await repo.jci('init', '--hooks')).exitCode).toBe(3);
      expect((await repo.exec('ls', ['-A'])).stdout).toBe('.git\n.jci\n');
      expect((await repo.jci('hook', 'ls')).stdout).not.toContain('installed');
    }));

  test('--print writes nothing, also where there is a script', () =>
    withRepo(async (repo) => {
      repo.write('Makefile', makefile);
      const { exitCode, stdout } = await repo.jci('init', '--print');
      expect(exitCode).toBe(0);
      expect(stdout).toContain('git jci step test -- make test\n');
      expect((await repo.exec('ls', ['-A'])).stdout).toBe('.git\nMakefile\n');
      repo.write('.jci/run.sh', 'mine');
      expect((await repo.jci('init', '--print')).stdout).toBe(stdout);
    }));

  test('--hooks installs the hooks as well', () =>
    withRepo(async (repo) => {
      repo.write('Makefile', makefile);
      expect((await repo.jci('init', '--hooks')).stdout).toContain('pre-push: installed');
      const { stderr } = await repo.tryGit('-c', 'core.fileMode=true', 'commit', '--quiet', '--allow-empty', '-m', 'x');
      expect(stderr).toBe('');
    }));

  test('says so when it knows nothing to test, and the script fails', () =>
    withRepo(async (repo) => {
      const { exitCode, stderr } = await repo.jci('init');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('fails until you edit it');
      await repo.commit({}, 'ci');
      expect((await repo.jci('run')).exitCode).toBe(1);
    }));

  test('a folder that cannot be made is told in one line', () =>
    withRepo(async (repo) => {
      repo.write('.jci', 'a file');
      const { exitCode, stderr } = await repo.jci('init');
      expect(exitCode).toBe(128);
      expect(stderr).toMatch(/^git jci: \.jci\/run\.sh cannot be written: .*\n$/);
    }));

  test('outside of a repository and in a bare one it exits with 128, for wrong usage with 2', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('init')).exitCode).toBe(128);
        expect((await repo.at('..').jci('init')).exitCode).toBe(128);
        expect((await repo.jci('init', 'extra')).exitCode).toBe(2);
        expect((await repo.jci('init', '--force')).exitCode).toBe(2);
      },
      { bare: true },
    ));
});
