import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

interface Entry {
  mode: string;
  name: string;
  id: string;
}

const blob = async (repo: TestRepo, text: string): Promise<string> =>
  (await repo.exec('git', ['hash-object', '-w', '--stdin'], text)).stdout.trim();

/** A tree with names that `git mktree` refuses: the bytes as an attacker would make them. */
async function rawTree(repo: TestRepo, entries: readonly Entry[]): Promise<string> {
  const bytes = Buffer.concat(entries.map(({ mode, name, id }) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])));
  const path = join(repo.root, 'raw-tree');
  repo.write(path, bytes);
  return repo.git('hash-object', '-t', 'tree', '-w', '--literally', path);
}

/** A result with these entries, under HEAD. */
async function plant(repo: TestRepo, entries: readonly Entry[]): Promise<void> {
  const status = { mode: '100644', name: 'status.txt', id: await blob(repo, 'ok') };
  const tree = await rawTree(repo, [...entries, status]);
  const result = await repo.git('commit-tree', '-m', 'hostile', tree);
  await repo.git('update-ref', `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/1700000000-abcd`, result);
}

/** Everything that is no folder, without following links. */
const filesBelow = (folder: string, prefix = ''): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name]))
    .sort();

describe('git jci get', () => {
  test('restores files, executable bits and links', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stderr } = await repo.jci('get', '-o', 'out');
        expect(exitCode).toBe(0);
        expect(stderr).toMatch(/^\d files \([^)]+\) in .*\/out\n$/);
        const out = join(repo.path, 'out');
        expect(filesBelow(out)).toEqual(['a b/deep.txt', 'dangling', 'index.html', 'link', 'tool']);
        expect(readFileSync(join(out, 'link'), 'utf8')).toBe('deep\n');
        expect(readlinkSync(join(out, 'dangling'))).toBe('nowhere');
        expect(statSync(join(out, 'tool')).mode & 0o111).not.toBe(0);
        expect(statSync(join(out, 'a b/deep.txt')).mode & 0o111).toBe(0);
      },
      { script: "mkdir 'a b'; echo deep > 'a b/deep.txt'; ln -s 'a b/deep.txt' link; ln -s nowhere dangling; echo x > tool; chmod +x tool" },
    ));

  test.skipIf(process.platform === 'darwin')('(needs names of any bytes) keeps names and targets of links that are not UTF-8', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(await repo.jci('get', '-o', 'out')).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^5 files /) as string });
        const at = (bytes: string): Buffer => Buffer.concat([Buffer.from(join(repo.path, 'out/')), Buffer.from(bytes, 'latin1')]);
        expect(readdirSync(at(''), 'latin1').sort()).toEqual(['index.html', 'l\xfd', 'plain', 'd\xff'].sort());
        expect(readdirSync(at('d\xff'), 'latin1').sort()).toEqual(['f\xfe', 'l\xfc']);
        expect(readFileSync(at('d\xff/f\xfe'), 'utf8')).toBe('deep\n');
        const targets = ['l\xfd', 'plain', 'd\xff/l\xfc'].map((link) => readlinkSync(at(link), 'latin1'));
        expect(targets).toEqual(['d\xff/f\xfe', 'nowhere\xfb', '../plain']);
      },
      { script: "mkdir $'d\\xff'; echo deep > $'d\\xff/f\\xfe'; ln -s $'d\\xff/f\\xfe' $'l\\xfd'; ln -s $'nowhere\\xfb' plain; ln -s ../plain $'d\\xff/l\\xfc'" },
    ));

  test('without -o makes folders that git ignores: the next run is not dirty', () =>
    withRepo(
      async (repo) => {
        repo.write('.git/info/exclude', '# mine\nsecret');
        await repo.commit({ 'sub/a': '1' });
        await repo.jci('run', '-q');
        for (const place of [repo, repo.at('sub')]) expect((await place.jci('get')).exitCode).toBe(0);
        await repo.git('worktree', 'add', '--quiet', '../linked');
        const linked = repo.at('../linked');
        expect((await linked.jci('get', 'main')).exitCode).toBe(0);
        for (const place of [repo, linked]) expect(await place.git('status', '--porcelain', '--untracked-files=all')).toBe('');
        const [ref = ''] = await repo.refs();
        const id = ref.split('/').at(-1) ?? '';
        expect(filesBelow(join(repo.path, `jci-${id}`))).toEqual(['.gitignore', 'index.html']);
        expect(repo.read(`jci-${id}/.gitignore`)).toBe('theirs\n');
        expect(repo.read('.git/info/exclude')).toBe('# mine\nsecret\n# What git jci get restores without -o.\njci-[0-9]*-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]/\n');
        expect(JSON.parse((await repo.jci('run', '--json')).stdout)).toMatchObject({ dirty: false });
        expect((await repo.jci('status')).exitCode).toBe(0);
      },
      { script: "echo theirs > .gitignore" },
    ));

  test('says so when it cannot have git ignore the folder; with -o it does not try', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.exec('rm', ['-rf', '.git/info']);
        expect((await repo.jci('get', '-o', '../out')).stderr).not.toContain('warning');
        expect(existsSync(join(repo.path, '.git/info'))).toBe(false);
        repo.write('.git/info', 'no folder');
        const { exitCode, stderr } = await repo.jci('get');
        expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^warning: git status will show the folder: .*info/)]);
      },
      { script: 'echo x > a' },
    ));

  test('goes to jci-<run id> by default; --all adds the log and the records; --json tells', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const id = (await repo.refs())[0]?.split('/').at(-1) ?? '';
        await repo.jci('get');
        expect(filesBelow(join(repo.path, `jci-${id}`))).toEqual(['index.html', 'out.txt']);
        const { stdout } = await repo.jci('get', id, '--all', '--json', '-o', '../all');
        const folder = join(repo.root, 'all');
        expect(filesBelow(folder)).toEqual(['index.html', 'jci.json', 'out.txt', 'run.output.txt', 'status.txt', 'timing.idx']);
        expect(JSON.parse(stdout)).toMatchObject({ version: 1, runId: id, folder, files: 6, notes: [] });
      },
      // Long enough for an index of times: a slow machine would have one anyway.
      { script: 'echo out > out.txt; sleep 0.1; echo done' },
    ));

  test('refuses a directory that is not empty, and changes nothing in it', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        repo.write('out/mine.txt', 'mine');
        const { exitCode, stderr } = await repo.jci('get', '-o', 'out');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('not empty');
        expect(filesBelow(join(repo.path, 'out'))).toEqual(['mine.txt']);
        expect((await repo.jci('get', '-o', '.jci/run.sh')).exitCode).not.toBe(0);
      },
      { script: 'echo out > out.txt' },
    ));

  test('leaves out names that lead elsewhere or belong to git, says so, and exits 0', () =>
    withRepo(
      async (repo) => {
        const evil = await blob(repo, 'evil');
        const inner = await rawTree(repo, [{ mode: '100644', name: 'escaped', id: evil }]);
        const config = await rawTree(repo, [{ mode: '100644', name: 'config', id: evil }]);
        await plant(repo, [
          { mode: '40000', name: '..', id: inner },
          { mode: '40000', name: '.', id: inner },
          { mode: '40000', name: '.git', id: config },
          { mode: '40000', name: '.GIT', id: config },
          { mode: '100644', name: '.git ', id: evil },
          { mode: '100644', name: 'git~1', id: evil },
          { mode: '100644', name: '../../slash', id: evil },
          { mode: '100644', name: 'fine', id: await blob(repo, 'fine') },
        ]);
        const { exitCode, stderr } = await repo.jci('get', '-o', '../deep/out');
        expect(exitCode).toBe(0);
        expect(filesBelow(join(repo.root, 'deep'))).toEqual(['out/fine']);
        for (const name of ['escaped', 'slash']) expect(existsSync(join(repo.root, name))).toBe(false);
        expect(stderr).toContain('../escaped is left out: it leads out of the directory');
        expect(stderr).toContain('.git/config is left out: it is a name of git itself');
        expect(stderr.match(/is left out/g)).toHaveLength(7);
        expect(stderr).toContain('1 file ');
      },
      { script: 'true' },
    ));

  test('leaves out links that lead elsewhere, and never writes through one', () =>
    withRepo(
      async (repo) => {
        const link = async (name: string, target: string): Promise<Entry> => ({ mode: '120000', name, id: await blob(repo, target) });
        const evil = await blob(repo, 'evil');
        const below = await rawTree(repo, [{ mode: '100644', name: 'written', id: evil }]);
        await plant(repo, [
          await link('absolute', '/etc/passwd'),
          await link('up', '..'),
          await link('round', 'x/../../up'),
          await link('dotgit', '.git/hooks'),
          await link('empty', ''),
          // The same name as a link out of the directory and as a folder with a file in it.
          await link('both', repo.root),
          { mode: '40000', name: 'both', id: below },
          await link('fine', './sub/target'),
        ]);
        const { exitCode, stderr } = await repo.jci('get', '-o', '../out');
        expect(exitCode).toBe(0);
        expect(filesBelow(join(repo.root, 'out'))).toEqual(['both/written', 'fine']);
        expect(existsSync(join(repo.root, 'written'))).toBe(false);
        for (const name of ['absolute', 'up', 'round', 'dotgit', 'empty', 'both']) expect(stderr).toContain(`the link ${name} is left out`);
      },
      { script: 'true' },
    ));

  test('a link chain inside the result cannot reach outside', () =>
    withRepo(
      async (repo) => {
        const link = async (name: string, target: string): Promise<Entry> => ({ mode: '120000', name, id: await blob(repo, target) });
        const deep = await rawTree(repo, [await link('up', '../..'), await link('here', '.')]);
        await plant(repo, [{ mode: '40000', name: 'd', id: deep }, await link('sneaky', 'd/here/../../..')]);
        await repo.jci('get', '-o', '../out');
        expect(filesBelow(join(repo.root, 'out'))).toEqual(['d/here']);
      },
      { script: 'true' },
    ));

  test('a link that stands where a folder of links should be is not followed', () =>
    withRepo(
      async (repo) => {
        const link = async (name: string, target: string): Promise<Entry> => ({ mode: '120000', name, id: await blob(repo, target) });
        await plant(repo, [
          await link('d', '.'),
          { mode: '40000', name: 'd', id: await rawTree(repo, [await link('x', '..')]) },
          { mode: '40000', name: 'x', id: await rawTree(repo, [await link('evil', 'anything')]) },
        ]);
        const { exitCode } = await repo.jci('get', '-o', '../out');
        expect(exitCode).toBe(0);
        expect(readdirSync(repo.root)).not.toContain('evil');
        expect(filesBelow(join(repo.root, 'out'))).toEqual(['d/x', 'x/evil']);
      },
      { script: 'true' },
    ));

  test('an unknown run is refused with 3, and no directory is made', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('get', 'nowhere', '-o', 'out')).exitCode).toBe(3);
        expect(existsSync(join(repo.path, 'out'))).toBe(false);
      },
      { script: 'true' },
    ));
});
