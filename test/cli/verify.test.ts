import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { useSshKey } from '../helpers/signing-key.ts';

const onlyRef = async (repo: TestRepo): Promise<string> => (await repo.refs())[0] ?? '';

/** Makes the result point to a tree with another file in it, everything else of the commit as it was: the signature too. */
async function tamper(repo: TestRepo): Promise<void> {
  const ref = await onlyRef(repo);
  const ok = (await repo.exec('git', ['hash-object', '-w', '--stdin'], 'ok')).stdout.trim();
  const entries = (await repo.git('ls-tree', ref)).replace(/[0-9a-f]{40}\tstatus\.txt/, `${ok}\tstatus.txt`);
  const tree = (await repo.exec('git', ['mktree'], `${entries}\n`)).stdout.trim();
  const commit = (await repo.git('cat-file', 'commit', ref)).replace(/^tree .*/, `tree ${tree}`);
  const id = (await repo.exec('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], `${commit}\n`)).stdout.trim();
  await repo.git('update-ref', ref, id);
}

describe('git jci verify', () => {
  test('finds a result in order, and says that it is not signed', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout } = await repo.jci('verify');
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(/^✓ \d+-[0-9a-f]{4} intact, not signed\n$/);
        const signed = await repo.jci('verify', '--signed');
        expect(signed.exitCode).toBe(1);
        expect(signed.stdout).toMatch(/^✗ \d+-[0-9a-f]{4}\n {2}it is not signed\n$/);
      },
      { script: 'true' },
    ));

  test('verifies a signature, and finds a result that was changed after it', () =>
    withRepo(
      async (repo) => {
        await useSshKey(repo);
        await repo.jci('run', '-q', '--sign');
        const good = await repo.jci('verify', '--signed');
        expect(good.exitCode).toBe(0);
        expect(good.stdout).toMatch(/^✓ \d+-[0-9a-f]{4} intact, signed by ada@example.com /);
        await tamper(repo);
        const bad = await repo.jci('verify');
        expect(bad.exitCode).toBe(1);
        expect(bad.stdout).toContain('the signature is bad');
      },
      { script: 'exit 1' },
    ));

  test.each([
    ['a missing object', (folder: string) => rmSync(folder, { recursive: true })],
    ['a damaged object', (folder: string) => writeFileSync(join(folder, 'garbage'), 'x')],
  ])('tells of %s only where there is harm', (what, harm) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const blob = await repo.git('rev-parse', `${await onlyRef(repo)}:data.txt`);
        harm(join(repo.path, '.git/objects', blob.slice(0, 2)));
        const { exitCode, stdout } = await repo.jci('verify');
        expect(exitCode).toBe(what === 'a missing object' ? 1 : 0);
        expect(stdout.includes('is missing (blob')).toBe(what === 'a missing object');
      },
      { script: 'echo data that no other object shares a folder with > data.txt' },
    ),
  );

  test('finds content that does not hash to its name', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [mine, other] = [await repo.git('rev-parse', `${await onlyRef(repo)}:data.txt`), await repo.git('rev-parse', 'HEAD:.jci/run.sh')];
        const path = (id: string): string => join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2));
        await repo.exec('cp', ['-f', path(other), path(mine)]);
        const { exitCode, stdout } = await repo.jci('verify');
        expect(exitCode).toBe(1);
        expect(stdout).toContain('does not hash to its name');
      },
      { script: 'echo data > data.txt' },
    ));

  test('a result under another commit, and one with a parent, are no results', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const ref = await onlyRef(repo);
        const other = await repo.commit({ a: 'a' });
        await repo.git('update-ref', `refs/jci-runs/${other}/${ref.split('/').at(-1)}`, ref);
        const moved = await repo.jci('verify', other);
        expect(moved.exitCode).toBe(1);
        expect(moved.stdout).toContain('jci.json is about run');
        const child = await repo.git('commit-tree', '-p', 'HEAD', '-m', 'child', `${ref}^{tree}`);
        await repo.git('update-ref', ref, child);
        expect((await repo.jci('verify', 'HEAD~1')).stdout).toContain('it has a parent');
      },
      { script: 'true' },
    ));

  test('a result under two names is in order under its own alone', () =>
    withRepo(
      async (repo) => {
        await useSshKey(repo);
        await repo.jci('run', '-q', '--sign');
        const ref = await onlyRef(repo);
        for (const seconds of ['1600000000', '9000000000']) await repo.git('update-ref', ref.replace(/[^/]+$/, `${seconds}-0000`), ref);
        const all = await repo.jci('verify', '--all', '--signed');
        expect(all.exitCode).toBe(1);
        expect(all.stdout).toMatch(/3 results checked, 2 with problems\n$/);
        expect(all.stdout).toContain('its message is about run');
        expect((await repo.jci('verify', '--signed', '9000000000-0000')).exitCode).toBe(1);
        expect((await repo.jci('verify', '--signed', ref.split('/').at(-1) ?? '')).exitCode).toBe(0);
      },
      { script: 'true' },
    ));

  test('a signed commit that does not say which run it is of is no signed result', () =>
    withRepo(
      async (repo) => {
        await useSshKey(repo);
        await repo.jci('run', '-q');
        const ref = await onlyRef(repo);
        await repo.git('update-ref', ref, await repo.git('commit-tree', '-S', '-m', 'words', `${ref}^{tree}`));
        expect((await repo.jci('verify')).exitCode).toBe(0);
        expect((await repo.jci('verify', '--signed')).stdout).toContain('does not say which run');
        expect((await repo.jci('status')).exitCode).toBe(0);
        await repo.git('config', 'jci.trust', 'signed');
        expect((await repo.jci('status')).exitCode).toBe(3);
      },
      { script: 'true' },
    ));

  test.each([
    ['Jci-Status: err', 'Jci-Status: ok', 'status.txt says err, its message says ok'],
    ['Jci-Outcome: failed', 'Jci-Outcome: cancelled', 'jci.json says failed, its message says cancelled'],
    [/Jci-Tree: .*/, `Jci-Tree: ${'1'.repeat(40)}`, `its message says ${'1'.repeat(40)}`],
    [/Jci-Script: .*/, `Jci-Script: ${'1'.repeat(40)}`, `its message says ${'1'.repeat(40)}`],
    [/$/, '\nJci-Dirty: true', 'its message says true'],
  ])('a message that contradicts the files is a problem: %s', (before, after, words) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const ref = await onlyRef(repo);
        const message = (await repo.git('log', '-1', '--format=%B', ref)).trim();
        const put = async (text: string): Promise<string> => repo.git('update-ref', ref, await repo.git('commit-tree', '-m', text, `${ref}^{tree}`));
        await put(message);
        expect((await repo.jci('verify')).exitCode).toBe(0);
        await put(message.replace(before, after));
        const { exitCode, stdout } = await repo.jci('verify');
        expect(exitCode).toBe(1);
        expect(stdout).toContain(words);
      },
      { script: 'false' },
    ),
  );

  test.each(['a tag', 'a tree', 'a blob'])('%s under the name of a run is no result, and is not to be taken away', (what) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const ref = await onlyRef(repo);
        await repo.git('tag', '-a', '-m', 'words', 'v1', ref);
        const names: Record<string, string> = { 'a tag': 'v1', 'a tree': `${ref}^{tree}`, 'a blob': `${ref}:status.txt` };
        await repo.git('update-ref', ref, await repo.git('rev-parse', names[what] ?? ''));
        const { exitCode, stdout, stderr } = await repo.jci('verify');
        expect(exitCode).toBe(1);
        expect(stdout).toContain(what === 'a tag' ? 'the result itself is a tag' : 'the result itself is no commit');
        expect(stderr).toContain(`${ref} is no result: git update-ref -d ${ref}`);
        expect(stderr).not.toContain('rm -f');
      },
      { script: 'true' },
    ),
  );

  test('--all checks every run and --json tells of each', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.commit({ a: 'a' });
        await repo.jci('run', '-q');
        expect((await repo.jci('verify', '--all')).stdout).toBe('2 results checked, 0 with problems\n');
        const { results } = JSON.parse((await repo.jci('verify', '--all', '--json')).stdout) as { results: { problems: string[] }[] };
        expect(results.map(({ problems }) => problems)).toEqual([[], []]);
        expect((await repo.jci('verify', 'nowhere')).exitCode).toBe(3);
      },
      { script: 'true' },
    ));
});
