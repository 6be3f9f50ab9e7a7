import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { projectRoot } from '../helpers/test-environment.ts';

/** The npm package's start, whatever the other tests run. */
const start = (repo: TestRepo, ...args: string[]): Promise<Result> =>
  repo.exec(process.execPath, [join(projectRoot, 'bin', 'git-jci'), ...args]);

/** With a cache that no other test has a part in. */
const withOwnCache = (body: (repo: TestRepo) => Promise<void>): Promise<void> =>
  withRepo((repo) => body(repo.at('.', { XDG_CACHE_HOME: join(repo.root, 'own') })));

const folderOf = (repo: TestRepo): string => join(repo.env['XDG_CACHE_HOME'] ?? '', 'git-jci', 'code');
const filesOf = (repo: TestRepo): string[] => readdirSync(folderOf(repo)).map((name) => join(folderOf(repo), name));

test('each command leaves the code it used, once', () =>
  withOwnCache(async (repo) => {
    await start(repo, 'version');
    const [first = ''] = filesOf(repo);
    const before = statSync(first);
    expect((await start(repo, 'version')).stdout).toMatch(/^git-jci /);
    expect(statSync(first)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    await start(repo, 'help');
    expect(filesOf(repo)).toHaveLength(2);
    expect(before.mode & 0o777).toBe(0o600);
  }));

test('a command that does not exist leaves none', () =>
  withOwnCache(async (repo) => {
    await start(repo, 'version');
    expect((await start(repo, 'versoin')).exitCode).toBe(2);
    expect(filesOf(repo)).toHaveLength(1);
  }));

test.each([
  ['cut short', (path: string) => truncateSync(path, 1000)],
  ['empty', (path: string) => truncateSync(path, 0)],
  ['of other bytes', (path: string) => writeFileSync(path, readFileSync(path).map((byte, at) => (at === 5000 ? byte ^ 1 : byte)))],
])('a file %s is not used, and made anew', (_how, damage) =>
  withOwnCache(async (repo) => {
    await start(repo, 'version');
    const [path = ''] = filesOf(repo);
    const whole = statSync(path).size;
    damage(path);
    expect(await start(repo, 'version')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(filesOf(repo)).toEqual([path]);
    // What V8 makes of the same code differs by a few bytes from time to time.
    expect(statSync(path).size / whole).toBeCloseTo(1, 1);
  }),
);

test('files of builds that are gone are removed after a month', () =>
  withOwnCache(async (repo) => {
    await start(repo, 'version');
    const old = join(folderOf(repo), 'old');
    writeFileSync(old, '');
    await start(repo, 'help');
    expect(filesOf(repo)).toContain(old);
    const longAgo = Date.now() / 1000 - 31 * 86_400;
    utimesSync(old, longAgo, longAgo);
    await start(repo, 'doctor');
    expect(filesOf(repo)).not.toContain(old);
  }));

test('a cache folder that cannot be made is no error', () =>
  withOwnCache(async (repo) => {
    repo.write('../own/git-jci', 'a file');
    expect(await start(repo, 'version')).toMatchObject({ exitCode: 0, stderr: '' });
  }));
