import { chmodSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { findDamage, mostDamage, type Damage } from '../../../src/verify/find-damage.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { makeTree, makeTreeBomb } from '../../helpers/tree-bomb.ts';

interface Listed {
  path: string;
  id: string;
}

/** Every file and folder of HEAD. */
async function listAll(repo: TestRepo): Promise<Listed[]> {
  const lines = (await repo.git('ls-tree', '-r', '-t', '-z', 'HEAD')).split('\0').filter(Boolean);
  return lines.map((line) => ({ id: line.slice(12, 52), path: line.slice(53) }));
}

async function damageOf(repo: TestRepo): Promise<Damage[]> {
  const result = await repo.git('rev-parse', 'HEAD');
  const repository = await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
  const found = await findDamage(repository, [{ commit: result, runId: '1-0000', ref: 'refs/jci-runs/x', result }]);
  return found.get(result) ?? [];
}

const looseFile = (repo: TestRepo, id: string): string => join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2));

const harms: Record<string, (file: string, other: string) => void> = {
  missing: (file) => rmSync(file),
  truncated: (file) => truncateSync(file, readFileSync(file).length - 1),
  empty: (file) => truncateSync(file, 0),
  garbage: (file) => writeFileSync(file, 'no object'),
  swapped: (file, other) => copyFileSync(other, file),
};

const name = fc.constantFrom('a', 'b', 'c', 'ö');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `${names.join('/')}.txt`);
const files = fc.dictionary(path, fc.string({ maxLength: 5 }), { minKeys: 1, maxKeys: 12 });
const harm = fc.record({ target: fc.nat(), other: fc.nat(), how: fc.constantFrom(...Object.keys(harms)) });

test('finds exactly what was harmed, wherever it stands', () =>
  fc.assert(
    fc.asyncProperty(files, fc.array(harm, { maxLength: 3 }), (contents, plans) =>
      withRepo(async (repo) => {
        // A commit has a content of its own: whatever is swapped with it differs.
        await repo.commit(contents);
        const all = await listAll(repo);
        const ids = [...new Set(all.map(({ id }) => id))];
        const harmed = new Map<string, string>();
        for (const { target, other, how } of plans) {
          const id = ids[target % ids.length] ?? '';
          const others = [await repo.git('rev-parse', 'HEAD'), ...ids].filter((one) => one !== id && !harmed.has(one));
          const file = looseFile(repo, id);
          if (harmed.has(id)) continue;
          chmodSync(file, 0o644);
          harms[how]?.(file, looseFile(repo, others[other % others.length] ?? ''));
          harmed.set(id, how);
        }
        const isReached = ({ path: at }: Listed): boolean => !all.some((one) => harmed.has(one.id) && at.startsWith(`${one.path}/`));
        const expected = all.filter((one) => harmed.has(one.id) && isReached(one));
        const found = await damageOf(repo);
        expect(found.map(({ path: at, id }) => ({ path: at, id })).sort(byPath)).toEqual([...expected].map(({ path: at, id }) => ({ path: at, id })).sort(byPath));
        for (const { id, kind } of found) expect(kind).toBe(kindOf(harmed.get(id)));
      }),
    ),
    { numRuns: 25 },
  ));

const byPath = (a: Listed, b: Listed): number => (a.path < b.path ? -1 : 1);

const kindOf = (how: string | undefined): Damage['kind'] => (how === 'missing' ? 'missing' : how === 'swapped' ? 'changed' : 'unreadable');

test('a thousand folders deep, and with SHA-256', () =>
  withRepo(
    async (repo) => {
      const blob = (await repo.exec('git', ['hash-object', '-w', '--stdin'], 'deep')).stdout.trim();
      // fast-import makes the folders of a path of any length.
      const deep = `${'d/'.repeat(1000)}deep.txt`;
      const stream = `commit refs/heads/main\ncommitter A <a@b.c> 1 +0000\ndata 0\nM 100644 ${blob} ${deep}\n\n`;
      expect((await repo.exec('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], stream)).exitCode).toBe(0);
      expect(await damageOf(repo)).toEqual([]);
      rmSync(looseFile(repo, blob));
      expect(await damageOf(repo)).toMatchObject([{ path: deep, id: blob, kind: 'missing', type: 'blob' }]);
    },
    { objectFormat: 'sha256' },
  ));

test('in folders that name each other again and again, as many places as there is room for', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    const missing = '1'.repeat(40);
    const bomb = await makeTreeBomb(repo, `100644 blob ${missing}\tx`);
    const sound = await makeTreeBomb(repo, `100644 blob ${await repo.git('rev-parse', 'HEAD:file')}\tx`);
    const root = await makeTree(repo, [`040000 tree ${sound}\ta`, `040000 tree ${bomb}\tb`, `100644 blob ${missing}\tlast`]);
    await repo.git('update-ref', 'HEAD', await repo.git('commit-tree', '-m', 'bomb', root));
    const damage = await damageOf(repo);
    expect(damage).toHaveLength(mostDamage);
    expect(damage[0]).toMatchObject({ path: 'b/a/a/a/a/a/a/a/a/a/a/x', id: missing, kind: 'missing' });
  }));
