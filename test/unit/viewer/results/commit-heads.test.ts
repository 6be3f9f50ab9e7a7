import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemContext } from '../../../../src/base/context.ts';
import { openObjectSession } from '../../../../src/git/object-session.ts';
import { openRepository } from '../../../../src/git/repository.ts';
import { readScriptIds } from '../../../../src/viewer/results/commit-heads.ts';
import { withRepo } from '../../../helpers/repo.ts';
import { withViewer } from '../open-viewer.ts';

for (const objectFormat of ['sha1', 'sha256'] as const) {
  test(`which script commits have is known without the script itself (${objectFormat})`, () =>
    withRepo(
      async (repo) => {
        const none = await repo.commit({ file: 'none' });
        const folder = await repo.commit({ '.jci/run.sh/file': 'text' });
        await repo.git('rm', '-rq', '.jci');
        const commit = await repo.commit({ '.jci/a': 'a', '.jci/run.sh': 'exit 0\n', '.jci/run.sh.old': 'z' });
        const script = await repo.git('rev-parse', `${commit}:.jci/run.sh`);
        // As in a clone without blobs.
        rmSync(join(repo.path, '.git/objects', script.slice(0, 2), script.slice(2)));
        const objects = openObjectSession(await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path }));
        expect(await readScriptIds(objects, [commit, none, folder, 'HEAD', `${commit}^{tree}`, 'nothing'])).toEqual([script, undefined, undefined, script, script, undefined]);
        objects.close();
        await withViewer(repo, async (viewer) => expect(await viewer.json('/api/info')).toMatchObject({ hasScript: true }));
      },
      { objectFormat },
    ));
}
