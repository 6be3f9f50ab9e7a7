import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

describe('git jci run', () => {
  test('stores what the script wrote, and leaves nothing behind', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stdout } = await repo.jci('run');
        expect(exitCode).toBe(0);
        expect(stdout).toBe('hello\n');
        const [ref = ''] = await repo.refs();
        const files = await repo.git('ls-tree', '-r', '--name-only', ref);
        // The index of times is there or not, as the machine is slow or quick.
        expect(files.split('\n').filter((file) => file !== 'timing.idx')).toEqual(['index.html', 'jci.json', 'out.txt', 'run.output.txt', 'status.txt', 'sub/deep.txt']);
        expect(await repo.git('cat-file', 'blob', `${ref}:status.txt`)).toBe('ok');
        expect(await repo.git('cat-file', 'blob', `${ref}:sub/deep.txt`)).toBe('deep');
        expect(await repo.git('cat-file', 'blob', `${ref}:run.output.txt`)).toContain('\nhello\n');
        expect(readdirSync(join(repo.path, '.jci'))).toEqual(['run.sh']);
        expect(readdirSync(join(repo.path, '.git/jci/active'))).toEqual([]);
        expect(await repo.git('status', '--porcelain')).toBe('');
        expect(await repo.fsck()).toBe('');
      },
      { script: 'echo hello; echo artefact > out.txt; mkdir sub; echo deep > sub/deep.txt' },
    ));

  test('writes a parentless commit with trailers that for-each-ref alone can list', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run');
        const [head, tree] = [await repo.git('rev-parse', 'HEAD'), await repo.git('rev-parse', 'HEAD^{tree}')];
        const script = await repo.git('rev-parse', 'HEAD:.jci/run.sh');
        const format = '--format=%(parent)|%(subject)|%(contents:trailers:only,unfold)';
        const [parents = '?', subject, trailers = ''] = (await repo.git('for-each-ref', format, 'refs/jci-runs/')).split('|');
        expect(parents).toBe('');
        expect(subject).toMatch(new RegExp(`^CI results for ${head.slice(0, 12)} \\(run \\d+-[0-9a-f]{4}\\)$`));
        const lines = trailers.trim().split('\n');
        expect(lines).toContain('Jci-Status: err');
        expect(lines).toContain('Jci-Outcome: failed');
        expect(lines).toContain(`Jci-Tree: ${tree}`);
        expect(lines).toContain(`Jci-Script: ${script}`);
        expect(lines).toContain('Jci-Branch: main');
        expect(lines).toContain('Jci-Trigger: manual');
        expect(lines).toContain('Jci-Exit: 7');
        expect(lines.some((line) => /^Jci-Duration-Ms: \d+$/.test(line))).toBe(true);
      },
      { script: 'exit 7' },
    ));

  test("exits with the verdict's code, never the script's own", () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('run');
        expect(exitCode).toBe(1);
        expect(stderr).toContain('failed with exit code 42');
      },
      { script: 'exit 42' },
    ));

  test('marks a run of a changed working tree dirty: it is no verdict', () =>
    withRepo(
      async (repo) => {
        repo.write('untracked.txt', 'x');
        const { stderr } = await repo.jci('run');
        expect(stderr).toContain('the working tree has changes');
        const [ref = ''] = await repo.refs();
        const message = await repo.git('log', '-1', '--format=%B', ref);
        expect(message).toContain('Jci-Dirty: true');
        expect(message).not.toContain('Jci-Tree');
        expect((await repo.jci('status')).exitCode).toBe(3);
      },
      { script: 'true' },
    ));

  test('gives the script its environment, and nothing of git', () =>
    withRepo(
      async (repo) => {
        const elsewhere = repo.at('.', { GIT_INDEX_FILE: '/nowhere', GIT_DIR: join(repo.path, '.git'), GIT_WORK_TREE: repo.path });
        const { exitCode, stdout } = await elsewhere.jci('run', '--env', 'MINE=a b');
        expect(exitCode).toBe(0);
        const lines = stdout.split('\n');
        const head = await repo.git('rev-parse', 'HEAD');
        expect(lines).toContain(`JCI_COMMIT=${head}`);
        expect(lines).toContain(`JCI_REPO_ROOT=${repo.path}`);
        expect(lines).toContain('JCI_BRANCH=main');
        expect(lines).toContain('JCI_TRIGGER=manual');
        expect(lines).toContain('CI=true');
        expect(lines).toContain('MINE=a b');
        expect(lines.filter((line) => /^GIT_(?:DIR|INDEX_FILE|WORK_TREE|PREFIX)=/.test(line))).toEqual([]);
        const outputDir = lines.find((line) => line.startsWith('JCI_OUTPUT_DIR='))?.slice(15);
        expect(lines).toContain(`PWD=${outputDir}`);
        expect(outputDir).toMatch(new RegExp(`^${repo.path}/\\.jci/${head}/\\d+-[0-9a-f]{4}$`));
      },
      { script: 'env' },
    ));

  test('keeps stdout and stderr in the order they were written', () =>
    withRepo(
      async (repo) => {
        const { stdout } = await repo.jci('run');
        const expected = Array.from({ length: 200 }, (_, i) => `out ${i}\nerr ${i}\ndev ${i}\n`).join('');
        expect(stdout).toBe(expected);
      },
      { script: 'for i in $(seq 0 199); do echo "out $i"; echo "err $i" >&2; echo "dev $i" >/dev/stderr; done' },
    ));

  test('runs at once on one commit never touch each other', () =>
    withRepo(
      async (repo) => {
        await Promise.all(Array.from({ length: 5 }, (_, i) => repo.at('.', { WHO: String(i) }).jci('run', '-q')));
        const refs = await repo.refs();
        expect(refs).toHaveLength(5);
        const who = await Promise.all(refs.map((ref) => repo.git('cat-file', 'blob', `${ref}:who`)));
        expect(who.sort()).toEqual(['0', '1', '2', '3', '4']);
        expect(existsSync(join(repo.path, '.jci', await repo.git('rev-parse', 'HEAD')))).toBe(false);
      },
      { script: 'echo $WHO > who; ls .. | wc -l' },
    ));

  test('--json prints the record alone', () =>
    withRepo(
      async (repo) => {
        const { stdout, exitCode } = await repo.jci('run', '--json');
        expect(exitCode).toBe(1);
        const record = JSON.parse(stdout) as Record<string, unknown>;
        expect(record).toMatchObject({ version: 1, status: 'err', outcome: 'failed', exitCode: 3, dirty: false, trigger: 'manual' });
      },
      { script: 'echo noise; exit 3' },
    ));

  test('--quiet says nothing when it passed, and one line when it did not', () =>
    withRepo(
      async (repo) => {
        expect(await repo.jci('run', '--quiet')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
        const failed = await repo.at('.', { FAIL: '1' }).jci('run', '--quiet');
        expect(failed.stdout).toBe('');
        expect(failed.stderr.trim().split('\n')).toHaveLength(1);
      },
      { script: 'echo noise; exit ${FAIL:-0}' },
    ));

  test('works in a SHA-256 repository', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run')).exitCode).toBe(0);
        expect(await repo.refs()).toHaveLength(1);
        expect((await repo.jci('show')).stdout).toContain('passed');
        expect(await repo.fsck()).toBe('');
      },
      { script: 'echo x > x', objectFormat: 'sha256' },
    ));

  test('works in a linked worktree and on a detached HEAD', () =>
    withRepo(
      async (repo) => {
        await repo.git('worktree', 'add', '-q', '--detach', '../linked');
        const linked = repo.at('../linked');
        const { exitCode, stdout } = await linked.jci('run');
        expect(exitCode).toBe(0);
        expect(stdout.trim()).toBe(linked.path);
        expect((await repo.jci('ls', '--json')).stdout).toContain('"status":"ok"');
      },
      { script: 'echo $JCI_REPO_ROOT' },
    ));

  test("warns of misspelt keys, in git's configuration as in .jci/config", () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.concurency', '2');
        await repo.commit({ '.jci/config': '[jci]\n\ttimout = 5m\n' });
        const { exitCode, stderr } = await repo.jci('run', '-q');
        expect([exitCode, stderr]).toEqual([0, [
          "warning: .jci/config: 'jci.timout' is ignored: no such key; did you mean jci.timeout?\n",
          "warning: git config: 'jci.concurency' means nothing to git jci: no such key; did you mean jci.concurrency?\n",
        ].join('')]);
      },
      { script: 'true' },
    ));

  test('says who commits when git does not know', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', '--global', '--unset', 'user.name');
        await repo.git('config', '--global', '--unset', 'user.email');
        const nobody = repo.at('.', { GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '' });
        expect((await nobody.jci('run')).exitCode).toBe(0);
        const [ref = ''] = await repo.refs();
        expect(await repo.git('log', '-1', '--format=%an <%ae> %cn <%ce>', ref)).toBe(
          'git-jci <git-jci@localhost> git-jci <git-jci@localhost>',
        );
      },
      { script: 'true' },
    ));
});
