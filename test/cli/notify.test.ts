import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

describe('jci.notify', () => {
  test('is run with the record on its input, once for every run', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.notify', 'cat >> ~/records; echo "$JCI_OUTCOME" >> ~/outcomes');
        await repo.jci('run', '-q');
        await repo.commit({ value: '1' });
        await repo.commit({ value: '2' });
        await repo.jci('run', 'HEAD~2..HEAD', '--keep-going');
        const records = repo.read(`${repo.env['HOME'] ?? ''}/records`).split('}{');
        expect(records).toHaveLength(3);
        expect(repo.read(`${repo.env['HOME'] ?? ''}/outcomes`)).toBe('failed\nfailed\nfailed\n');
      },
      { script: 'false' },
    ));

  test.each([
    ['exit 4', 'warning: jci.notify failed (exit 4)\n'],
    ['echo no such room >&2; exit 4', 'warning: jci.notify failed (exit 4): no such room\n'],
    ['kill -9 $$', 'warning: jci.notify failed (SIGKILL)\n'],
  ])('that fails (%s) is told of in whole sentences, and changes no verdict', (notify, expected) =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'jci.notify', notify);
        const { exitCode, stderr } = await repo.jci('run', '-q');
        expect(exitCode).toBe(0);
        expect(stderr).toBe(expected);
      },
      { script: 'true' },
    ));
});
