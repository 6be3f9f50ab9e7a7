import { chmodSync, copyFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const onlyRef = async (repo: TestRepo): Promise<string> => (await repo.refs())[0] ?? '';
const looseFile = (repo: TestRepo, id: string): string => join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2));

const script = 'echo data > data.txt; mkdir -p d/e; echo "deep $RANDOM" > d/e/deep.txt';

describe('a loose object', () => {
  type Harm = (file: string, other: string) => void;
  const harms: Record<string, Harm> = {
    'is gone': (file) => rmSync(file),
    'lost its end': (file) => truncateSync(file, 12),
    'is garbage': (file) => writeFileSync(file, Buffer.alloc(100, 7)),
    'has the content of another of its kind': (file, other) => copyFileSync(other, file),
  };
  const words: Record<string, string> = {
    'is gone': 'is missing',
    'lost its end': 'cannot be read: its object is damaged',
    'is garbage': 'cannot be read: its object is damaged',
    'has the content of another of its kind': 'does not hash to its name: its content was replaced',
  };
  // [what it is, its name in the result, another object of its kind, how it is called]
  const objects = [
    ['an artefact', ':d/e/deep.txt', 'HEAD:.jci/run.sh', "'d/e/deep.txt'"],
    ['a folder', ':d/e', 'HEAD:.jci', "the folder 'd/e'"],
    ['the root', '^{tree}', 'HEAD^{tree}', 'the list of its files'],
    ['the commit', '', 'HEAD', 'the result itself'],
  ] as const;
  const cases = objects.flatMap(([what, ...rest]) => Object.keys(harms).map((how) => [what, how, ...rest] as const));

  test.each(cases)('(%s) that %s is told of, with what it is and what to do', (_, how, name, otherName, called) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const ref = await onlyRef(repo);
        const id = await repo.git('rev-parse', `${ref}${name}`);
        const other = await repo.git('rev-parse', otherName);
        chmodSync(looseFile(repo, id), 0o644);
        harms[how]?.(looseFile(repo, id), looseFile(repo, other));
        const { exitCode, stdout, stderr } = await repo.jci('verify');
        expect(exitCode).toBe(1);
        expect(stdout).toMatch(/^✗ \d+-[0-9a-f]{4} damaged\n/);
        expect(stdout).toContain(`\n  ${called} ${words[how] ?? ''} (`);
        expect(stdout).toContain(id);
        expect(stdout.trim().split('\n')).toHaveLength(2);
        expect(stderr.includes(`rm -f ${looseFile(repo, id)}`)).toBe(how !== 'is gone');
        expect(stderr).toContain(`git update-ref -d ${ref}`);
        expect(stderr).not.toMatch(/\n\s+at |did not expect/);
      },
      { script },
    ),
  );

  test('is told of in every result that has it, and in JSON', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.commit({ a: 'a' });
        await repo.jci('run', '-q');
        await repo.commit({ '.jci/run.sh': 'echo other > other.txt' });
        await repo.jci('run', '-q');
        const id = await repo.git('rev-parse', `${await onlyRef(repo)}:data.txt`).catch(async () => repo.git('rev-parse', `${(await repo.refs())[1] ?? ''}:data.txt`));
        rmSync(looseFile(repo, id));
        const all = await repo.jci('verify', '--all');
        expect(all.exitCode).toBe(1);
        expect(all.stdout).toContain('3 results checked, 2 with problems');
        expect(all.stdout.match(/'data\.txt' is missing/g)).toHaveLength(2);
        const { results } = JSON.parse((await repo.jci('verify', '--all', '--json')).stdout) as { results: { damage: unknown[] }[] };
        const damage = [{ path: 'data.txt', type: 'blob', id, kind: 'missing', words: 'is missing' }];
        expect(results.map((result) => result.damage)).toEqual([[], damage, damage]);
      },
      { script },
    ));

  test('that is damaged: what the hints say makes the result whole again', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.git('init', '-q', '--bare', '../remote');
        await repo.git('remote', 'add', 'origin', '../remote');
        await repo.jci('push');
        const id = await repo.git('rev-parse', `${await onlyRef(repo)}:d/e/deep.txt`);
        chmodSync(looseFile(repo, id), 0o644);
        writeFileSync(looseFile(repo, id), 'garbage');
        const { stderr } = await repo.jci('verify');
        const [, remove = 'no hint'] = /^hint: .*: (rm -f .*)$/m.exec(stderr) ?? [];
        const [, again = 'no hint'] = /^hint: .*: (git update-ref .* git jci pull),/m.exec(stderr) ?? [];
        expect(await repo.exec('sh', ['-c', `${remove} && ${again}`])).toMatchObject({ exitCode: 0 });
        expect(await repo.jci('verify')).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await repo.fsck()).toBe('');
      },
      { script },
    ));
});

describe('a pack', () => {
  /** Everything in one pack. @returns its path. */
  async function packed(repo: TestRepo): Promise<string> {
    await repo.jci('run', '-q');
    await repo.git('gc', '--quiet');
    const folder = join(repo.path, '.git/objects/pack');
    const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '');
    chmodSync(path, 0o644);
    return path;
  }

  test('with a damaged object: only the artefact in it is told of', () =>
    withRepo(
      async (repo) => {
        const path = await packed(repo);
        const id = await repo.git('rev-parse', `${await onlyRef(repo)}:noise`);
        const line = (await repo.git('verify-pack', '-v', path)).split('\n').find((one) => one.startsWith(id)) ?? '';
        const offset = Number(line.split(' ').at(-1));
        await repo.exec('dd', [`of=${path}`, 'bs=1', `seek=${offset + 5000}`, 'conv=notrunc'], 'XXXX');
        const { exitCode, stdout, stderr } = await repo.jci('verify');
        expect(exitCode).toBe(1);
        expect(stdout).toMatch(new RegExp(`^✗ .* damaged\n  'noise' cannot be read: pack-[0-9a-f]+\\.pack is damaged \\(blob ${id}\\)\n$`));
        expect(stderr).toMatch(/^hint: git fsck --full/);
      },
      { script: 'head -c 20000 /dev/urandom > noise; echo fine > fine.txt' },
    ));

  test('cut short: nothing can be read, and nobody says that there is no commit', () =>
    withRepo(
      async (repo) => {
        truncateSync(await packed(repo), 200);
        const all = await repo.jci('verify', '--all');
        expect(all.exitCode).toBe(1);
        expect(all.stdout).toMatch(/the result itself cannot be read: pack-[0-9a-f]+\.pack is damaged/);
        for (const command of ['verify', 'show', 'run']) {
          const { exitCode, stderr } = await repo.jci(command);
          expect({ command, exitCode }).toEqual({ command, exitCode: 128 });
          expect(stderr).toMatch(/^git jci: git cannot read HEAD's commit [0-9a-f]{12}: the repository is damaged\nhint: git fsck --full\n$/);
        }
      },
      { script },
    ));
});

test('git replace hides nothing from verify', () =>
  withRepo(
    async (repo) => {
      await repo.jci('run', '-q');
      const id = await repo.git('rev-parse', `${await onlyRef(repo)}:d/e/deep.txt`);
      await repo.git('replace', id, await repo.git('rev-parse', 'HEAD:.jci/run.sh'));
      expect((await repo.jci('verify')).exitCode).toBe(0);
      rmSync(looseFile(repo, id));
      expect(await repo.jci('verify')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("'d/e/deep.txt' is missing") as string });
    },
    { script },
  ));
