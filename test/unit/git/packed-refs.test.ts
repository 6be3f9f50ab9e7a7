import { existsSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { addPackedRefs, canAddPackedRefs } from '../../../src/git/packed-refs.ts';
import type { RefTip } from '../../../src/git/refs.ts';
import { openRepository, type Repository } from '../../../src/git/repository.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const open = (repo: TestRepo): Promise<Repository> => openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
const packedRefs = (repo: TestRepo): string => join(repo.path, '.git', 'packed-refs');
const namesOf = async (repo: TestRepo): Promise<string[]> => (await repo.git('for-each-ref', '--format=%(refname)')).split('\n');

/** A repository with a branch, a tag and odd names, and refs to add to it. */
async function withRefs(body: (repo: TestRepo, here: Repository, tips: RefTip[]) => Promise<void>): Promise<void> {
  await withRepo(
    async (repo) => {
      const id = await repo.git('rev-parse', 'HEAD');
      await repo.git('tag', '--annotate', '--message=t', 'v1');
      for (const name of ['refs/heads/ä/ö', 'refs/jci-runs0', 'refs/jci-run', 'refs/zz']) await repo.git('update-ref', name, id);
      const tips = ['b', 'a', 'c'].map((digit) => ({ ref: `refs/jci-runs/${digit.repeat(40)}/1760000000-0000`, id }));
      await body(repo, await open(repo), tips);
    },
    { script: 'true' },
  );
}

describe('adding packed refs', () => {
  test('leaves the very file that git would have written', () =>
    withRefs(async (repo, here, tips) => {
      await repo.git('pack-refs', '--all');
      expect(await canAddPackedRefs(here)).toBe(true);
      expect(addPackedRefs(here, tips)).toBe(true);
      const ours = readFileSync(packedRefs(repo), 'latin1');
      for (const { ref } of tips) await repo.git('update-ref', '-d', ref);
      for (const { ref, id } of tips) await repo.git('update-ref', ref, id);
      await repo.git('pack-refs', '--all');
      expect(ours).toBe(readFileSync(packedRefs(repo), 'latin1'));
      expect(existsSync(`${packedRefs(repo)}.lock`)).toBe(false);
      expect(existsSync(`${packedRefs(repo)}.jci`)).toBe(false);
    }));

  test('where nothing was packed before, loose refs stay what they are', () =>
    withRefs(async (repo, here, tips) => {
      const before = await namesOf(repo);
      expect(addPackedRefs(here, tips)).toBe(true);
      expect(await namesOf(repo)).toEqual([...before, ...tips.map(({ ref }) => ref)].sort());
      expect(await repo.fsck()).toBe('');
      await repo.git('update-ref', '-d', tips[0]?.ref ?? '');
      expect(await namesOf(repo)).toHaveLength(before.length + 2);
    }));

  test('keeps the permissions of the file', () =>
    withRefs(async (repo, here, tips) => {
      await repo.git('-c', 'core.sharedRepository=group', 'pack-refs', '--all');
      const { mode } = statSync(packedRefs(repo));
      expect(addPackedRefs(here, tips)).toBe(true);
      expect(statSync(packedRefs(repo)).mode).toBe(mode);
    }));
});

describe('adding packed refs does nothing', () => {
  type Case = [string, (repo: TestRepo, tips: RefTip[]) => unknown];
  const cases: Case[] = [
    ['if a name is taken in the file', async (repo, [tip]) => repo.git('update-ref', tip?.ref ?? '', 'HEAD').then(() => repo.git('pack-refs', '--all'))],
    ['if a name is taken by a loose ref', (repo, [, tip]) => repo.git('update-ref', tip?.ref ?? '', 'HEAD')],
    ['if a folder is taken by a loose ref', (repo, [tip]) => repo.git('update-ref', tip?.ref.replace(/\/[^/]*$/, '') ?? '', 'HEAD')],
    ['if somebody holds the lock', (repo) => writeFileSync(`${packedRefs(repo)}.lock`, '')],
    ['if its draft cannot be written', (repo) => symlinkSync('/nowhere/draft', `${packedRefs(repo)}.jci`)],
    ['if the file is a link', moveAndLink],
    ['if the file is not as we know it', (repo) => writeFileSync(packedRefs(repo), readFileSync(packedRefs(repo), 'utf8').replace('sorted ', ''))],
  ];
  test.each(cases)('%s', (_, arrange) =>
    withRefs(async (repo, here, tips) => {
      await repo.git('pack-refs', '--all');
      await arrange(repo, tips);
      const [before, locked] = [await namesOf(repo), existsSync(`${packedRefs(repo)}.lock`)];
      const text = readFileSync(packedRefs(repo), 'latin1');
      expect(addPackedRefs(here, tips)).toBe(false);
      expect(readFileSync(packedRefs(repo), 'latin1')).toBe(text);
      expect(await namesOf(repo)).toEqual(before);
      expect(existsSync(`${packedRefs(repo)}.lock`)).toBe(locked);
      expect(existsSync(`${packedRefs(repo)}.jci`)).toBe(false);
    }),
  );

  test.each<Case>([
    ['a hook wants to be told', (repo) => repo.write('.git/hooks/reference-transaction', '#!/bin/sh\n', { executable: true })],
    ['a hook in core.hooksPath wants to be told', writeSharedHook],
    ['a hook of the configuration wants to be told', (repo) => repo.git('config', 'hook.audit.event', 'reference-transaction')],
    ['the repository is shared', (repo) => repo.git('config', 'core.sharedRepository', 'group')],
    ['refs are not kept in files', (repo) => repo.git('config', 'extensions.refStorage', 'reftable')],
  ])('may not be done if %s', (_, arrange) =>
    withRefs(async (repo, here, tips) => {
      await arrange(repo, tips);
      // A git that knows of no such storage can do nothing here: then it was never going to be done.
      expect(await canAddPackedRefs(here).catch(() => false)).toBe(false);
    }),
  );
});

function moveAndLink(repo: TestRepo): void {
  renameSync(packedRefs(repo), join(repo.root, 'elsewhere'));
  symlinkSync(join(repo.root, 'elsewhere'), packedRefs(repo));
}

async function writeSharedHook(repo: TestRepo): Promise<void> {
  repo.write('hooks/reference-transaction', '#!/bin/sh\n', { executable: true });
  await repo.git('config', 'core.hooksPath', 'hooks');
}
