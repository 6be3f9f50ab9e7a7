import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const host = hostname();

test.each([
  ['a record that says next to nothing', { 'repo/.git/jci/active/x/active.json': `{"version":1,"outputDir":"","host":"${host}"}` }],
  ['a record whose owner is none', { 'repo/.git/jci/active/x/active.json': `{"version":1,"outputDir":"","host":"${host}","commit":"","runId":"","tree":"","startedAt":"","workTree":"","owner":7}` }],
  ['a record that is a folder', { 'repo/.git/jci/active/x/active.json/y': '' }],
  ['a version of git that is no text', { 'cache/git-jci/git-version.json': '{"program":"x","version":7}' }],
  ['a lock with a number that cannot be counted on', { 'cache/git-jci/slots/0/9007199254740992.lock': '{}' }],
])('files of our own: %s', (_what, files: Record<string, string>) =>
  withRepo(
    async (repo) => {
      expect((await repo.jci('run', '-q')).exitCode).toBe(0);
      for (const [path, text] of Object.entries(files)) repo.write(`../${path}`, text);
      expect(await repo.jci('run')).toMatchObject({ exitCode: 0, stdout: 'ran\n', stderr: expect.not.stringContaining('did not expect') });
      expect(await repo.jci('ls')).toMatchObject({ exitCode: 0, stderr: '' });
      expect((await repo.jci('doctor')).stderr).not.toContain('did not expect');
      expect(await repo.refs()).toHaveLength(2);
    },
    { script: 'echo ran' },
  ),
);
