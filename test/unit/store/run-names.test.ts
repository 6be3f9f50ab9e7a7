import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { openRepository, type Repository } from '../../../src/git/repository.ts';
import { runRefPrefix } from '../../../src/model/run-ref.ts';
import { activeRoot } from '../../../src/store/paths.ts';
import { listRunNames } from '../../../src/store/run-names.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const name = (digit: string): string => `${runRefPrefix}${digit.repeat(40)}/1760000000-0000`;

const open = (repo: TestRepo, env: Record<string, string> = {}): Promise<Repository> =>
  openRepository({ ...systemContext(), env: { ...repo.env, ...env }, cwd: repo.path }, runRefPrefix);

const namesIn = async (repo: Repository): Promise<string | undefined> => (await listRunNames(repo))?.toString('latin1');

/** A repository with one run ref, and a function that adds another one behind the back of whoever has opened it. */
const withRef = (body: (repo: TestRepo, addAnother: () => Promise<unknown>) => Promise<void>): Promise<void> =>
  withRepo(
    async (repo) => {
      await repo.git('update-ref', name('a'), 'HEAD');
      await body(repo, () => repo.git('update-ref', name('b'), 'HEAD'));
    },
    { script: 'true' },
  );

describe('the names of all run refs', () => {
  test('were listed while the repository was being looked for', () =>
    withRef(async (repo, addAnother) => {
      const opened = await open(repo);
      await opened.earlyNames?.names;
      await addAnother();
      expect(await namesIn(opened)).toBe(`${name('a')}\n`);
    }));

  test('are listed again if a run may have ended meanwhile, or is at it', () =>
    withRef(async (repo, addAnother) => {
      const opened = await open(repo);
      await opened.earlyNames?.names;
      await addAnother();
      const folder = activeRoot(opened.commonDir);
      mkdirSync(folder, { recursive: true });
      expect(await namesIn(opened)).toBe(`${name('a')}\n${name('b')}\n`);
      utimesSync(folder, 1, 1);
      expect(await namesIn(opened)).toBe(`${name('a')}\n`);
      mkdirSync(join(folder, 'some-run'));
      utimesSync(folder, 1, 1);
      expect(await namesIn(opened)).toBe(`${name('a')}\n${name('b')}\n`);
    }));

  test('come through a pipe where no file can be made, and the same', () =>
    withRef(async (repo, addAnother) => {
      await addAnother();
      expect(await namesIn(await open(repo, { TMPDIR: '/no/such/folder' }))).toBe(`${name('a')}\n${name('b')}\n`);
    }));

  test('come through a pipe where the file cannot take them', () =>
    withRef(async (repo) => {
      const input = Array.from({ length: 200 }, (_, index) => `create ${runRefPrefix}${'c'.repeat(40)}/${1_760_000_000 + index}-0000 HEAD\n`);
      await repo.exec('git', ['update-ref', '--stdin'], input.join(''));
      // No file of this process and its children may be larger than 8 blocks; git's output is 14 KiB.
      const result = await repo.exec('bash', ['-c', 'ulimit -f 8 && exec git jci ls --all --json --limit 200']);
      expect(result).toMatchObject({ exitCode: 0 });
      expect((JSON.parse(result.stdout) as { runs: unknown[] }).runs).toHaveLength(200);
    }));
});
