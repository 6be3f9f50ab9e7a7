import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { untilAllEnded } from '../../helpers/leftovers.ts';
import { withRepo as withAnyRepo, type TestRepo } from '../../helpers/repo.ts';

/** Enough files for a pack, others in each run. */
const script = 'for n in $(seq 30); do echo "$n of $JCI_RUN_ID" > file$n; done';

/** With git's maintenance as it is for users: in other tests it is off. */
const withRepo = (body: (repo: TestRepo) => Promise<void>, options: { script: string }): Promise<void> =>
  withAnyRepo(async (repo) => {
    await repo.git('config', 'gc.auto', '6700');
    await repo.git('config', 'maintenance.auto', 'true');
    await body(repo);
  }, options);

const packs = (repo: TestRepo): number =>
  readdirSync(join(repo.path, '.git/objects/pack')).filter((name) => name.endsWith('.pack')).length;

async function runs(repo: TestRepo, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) expect((await repo.jci('run', '-q')).exitCode).toBe(0);
  await untilMaintained(repo);
}

/** Waits for what git does in the background. Its gc forks once and goes on as the child: whoever looks just then sees neither. */
async function untilMaintained({ env }: TestRepo): Promise<void> {
  await untilAllEnded(env['HOME'] ?? '');
  await untilAllEnded(env['HOME'] ?? '');
}

describe('packs of results', () => {
  test('git merges them in the background once they are more than its limit, and loses nothing', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'gc.autoPackLimit', '3');
        await runs(repo, 3);
        expect(packs(repo)).toBe(3);
        const before = await repo.refs();
        await runs(repo, 1);
        expect(packs(repo)).toBe(1);
        expect(await repo.refs()).toHaveLength(4);
        expect(await repo.refs()).toEqual(expect.arrayContaining(before));
        expect(await repo.fsck()).toBe('');
        expect((await repo.jci('cat', 'HEAD', 'file30')).stdout).toMatch(/^30 of \d+-/);
      },
      { script },
    ));

  test.each(['gc.auto=0', 'maintenance.auto=false', 'gc.autoPackLimit=0'])('stay as they are with %s', (setting) =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'gc.autoPackLimit', '1');
        await repo.git('config', ...(setting.split('=') as [string, string]));
        await runs(repo, 3);
        expect(packs(repo)).toBe(3);
      },
      { script },
    ),
  );

  test('of a run inside a run are left to the outer one', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'gc.autoPackLimit', '1');
        await repo.jci('run', '-q');
        await repo.at(repo.path, { JCI_RUN_ID: '1700000000-abcd' }).jci('run', '-q');
        await untilMaintained(repo);
        expect(packs(repo)).toBe(2);
      },
      { script },
    ));

  test('a result that has no ref yet survives, even where git throws away at once', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'gc.autoPackLimit', '1');
        await repo.git('config', 'gc.pruneExpire', 'now');
        const blobs = Array.from({ length: 2 }, (_, n) => `blob\ndata 2\n${n}\n`).join('');
        await repo.exec('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], blobs);
        const unnamed = (await repo.exec('git', ['hash-object', '--stdin'], '1\n')).stdout.trim();
        await runs(repo, 2);
        expect(packs(repo)).toBeLessThan(3);
        expect(await repo.git('cat-file', 'blob', unnamed)).toBe('1');
      },
      { script },
    ));
});

describe('git jci doctor', () => {
  const advice = async (repo: TestRepo): Promise<string> => {
    const { stdout } = await repo.jci('doctor', '--offline');
    return /packs of objects: [^\n]*\n[^\n]*/.exec(stdout)?.[0] ?? stdout;
  };

  /** Git itself counts such a pack for nothing, since it has no index. */
  const pileUp = (repo: TestRepo): void => {
    for (let n = 0; n < 60; n += 1) writeFileSync(join(repo.path, `.git/objects/pack/pack-${n}.pack`), '');
  };

  test('tells how many there are, and what to type', () =>
    withRepo(
      async (repo) => {
        expect(await advice(repo)).toMatch(/^packs of objects: 0$/m);
        pileUp(repo);
        expect(await advice(repo)).toMatch(/60, which makes every git command slower; git merges them .* after the next run\n.*git maintenance run/);
        await repo.git('config', 'gc.auto', '0');
        expect(await advice(repo)).toMatch(/git is told not to merge them by itself .*\n.*git maintenance run/);
      },
      { script: 'true' },
    ));

  test('tells of a lock that git left behind', () =>
    withRepo(
      async (repo) => {
        pileUp(repo);
        repo.write('.git/objects/maintenance.lock', '');
        expect(await advice(repo)).toMatch(/git has been merging them since 2\d+-.*\n.*rm .*objects\/maintenance\.lock/);
      },
      { script: 'true' },
    ));
});
