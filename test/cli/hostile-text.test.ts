import { expect, test } from 'vitest';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRepo } from '../helpers/repo.ts';

const raw = /[\x07\x1b\u202e]/;

test('names and settings that come with a repository reach the terminal as text', () =>
  withRepo(
    async (repo) => {
      installFakeCrontab(repo);
      await repo.jci('run');
      const logs = await repo.jci('logs', '--step', 'nope');
      expect(logs.stderr).toContain('\\x1b]0;PWN\\x07');
      expect(logs.stderr).not.toMatch(raw);

      await repo.commit({ '.jci/config': '[jci "\x1b]0;PWN\x07\u202e"]\n\tx = 1\n' });
      const keyed = await repo.jci('run');
      expect(keyed.stderr).toMatch(/^warning: .*PWN/m);
      expect(keyed.stderr).not.toMatch(raw);

      for (const key of ['timeout', 'share']) {
        await repo.commit({ '.jci/config': `[jci]\n\t${key} = "\x1b]0;PWN\x07\u202e"\n` });
        for (const args of [['run'], ['doctor']]) {
          const { stdout, stderr } = await repo.jci(...args);
          expect({ key, args, said: raw.test(stdout + stderr) }).toEqual({ key, args, said: false });
        }
      }

      await repo.commit({ '.jci/config': '', '.jci/crontab': '0 3 * * * \x1b]0;PWN\x07\u202e\n' });
      const cron = await repo.jci('cron', 'ls');
      expect(cron.stderr).toContain('PWN');
      expect(cron.stderr).not.toMatch(raw);
    },
    { script: `git jci step "$(printf 'a\\033]0;PWN\\007')" -- true` },
  ));
