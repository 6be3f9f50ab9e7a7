import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { temporaryName } from '../../../src/git/temporary-folder.ts';
import { listUnseenChanges } from '../../../src/git/unseen-changes.ts';
import { identifyProcess } from '../../../src/proc/process-id.ts';
import { withRepo } from '../../helpers/repo.ts';

test('the index that they are found with goes, also one that a killed process has left', () =>
  withRepo(async (repo) => {
    await repo.commit({ same: '1', other: '1', plain: '1' });
    await repo.git('update-index', '--assume-unchanged', 'same', 'other');
    for (const name of ['other', 'plain']) repo.write(name, '2');
    const TMPDIR = join(repo.root, 'tmp');
    const ctx = { ...systemContext(), env: { ...repo.env, TMPDIR }, cwd: repo.path };
    const self = await identifyProcess(ctx.pid, ctx.platform);
    // No system has such a pid.
    mkdirSync(join(TMPDIR, `${temporaryName('index', { pid: 999_999_999, started: self?.started ?? '' })}abc123`), { recursive: true });
    expect(await listUnseenChanges(await openRepository(ctx))).toEqual({ changes: ['other'], isPlain: false });
    expect(readdirSync(TMPDIR)).toEqual([]);
  }));
