import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logApi } from '../../../src/api/paths.ts';
import { listActiveRuns } from '../../../src/store/active-run.ts';
import { withRepo } from '../../helpers/repo.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { withViewer } from './open-viewer.ts';

test('a run that got its result a moment ago is under way or stored, and never neither', () =>
  withRepo(
    (repo) =>
      withViewer(
        repo,
        async (viewer) => {
          const jci = repo.startJci('run', '-q');
          const key = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
          const detail = `/api/commit/${key.commit}/${key.runId}`;
          expect(await viewer.json(detail)).toMatchObject({ status: 'running' });
          writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
          expect((await jci.exit()).exitCode).toBe(0);
          expect(await viewer.json(`${logApi(key)}/lines`)).toMatchObject({ complete: true });
          expect(await viewer.json(detail)).toMatchObject({ status: 'success', runs: [{ runId: key.runId, live: null }] });
        },
        // No time passes: what was seen at first is believed as long as it may be.
        { elapsed: () => 0 },
      ),
    { script: 'until [ -e "$HOME/go" ]; do sleep 0.02; done' },
  ));
