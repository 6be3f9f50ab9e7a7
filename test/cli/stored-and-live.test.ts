import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';
import { sabotage } from '../helpers/saboteur.ts';
import { waitFor } from '../helpers/wait-for.ts';

test('a run whose result is there while its git jci still ends is listed once', () =>
  withRepo(
    async (repo) => {
      const [stored, go] = [join(repo.root, 'stored'), join(repo.root, 'go')];
      const slow = sabotage(repo, { program: 'git', when: '*update-ref*', after: `touch '${stored}'; until [ -e '${go}' ]; do sleep 0.05; done` });
      const run = slow.startJci('run', '-q');
      await waitFor(() => existsSync(stored), { what: 'the result' });
      for (const limit of ['20', '0']) {
        const { runs } = JSON.parse((await repo.jci('ls', '--json', '--limit', limit)).stdout) as { runs: { outcome?: string }[] };
        expect(runs.map(({ outcome }) => outcome)).toEqual(['passed']);
      }
      expect(await repo.jci('status')).toMatchObject({ exitCode: 0 });
      repo.write(go, '');
      expect((await run.exit()).exitCode).toBe(0);
    },
    { script: 'echo ran' },
  ));
