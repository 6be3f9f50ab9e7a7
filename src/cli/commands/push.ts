import { defineCommand } from '../command.ts';
import type { PushOptions } from '../sync/push-runs.ts';

export const command = defineCommand<PushOptions>({
  name: 'push',
  summary: 'send the runs that a remote does not have',
  description: [
    'Sends every run that the remote does not have, all in one go. Nothing there is ever overwritten or deleted: if a name stands there for another result, both stay as they are, and the command exits 3.',
    'Without a remote: jci.remote, the upstream of the current branch, origin, or the only remote there is.',
    'If the connection breaks, both sides are whole: push again. Your own pre-push hook does not run, since no branch is pushed.',
  ].join('\n\n'),
  arguments: [{ name: '[remote]', description: 'a name, a URL or a path', completes: 'remote' }],
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [
    { command: 'git jci push', does: 'share what was run here' },
    { command: 'git jci push https://example.com/ci.git', does: 'keep results apart from the code' },
  ],
  needs: 'repository',
  load: async () => (await import('../sync/push-runs.ts')).pushCommand,
});
