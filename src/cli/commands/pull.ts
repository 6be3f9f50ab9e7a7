import { defineCommand } from '../command.ts';
import type { PullCommandOptions } from '../sync/pull-runs.ts';

export const command = defineCommand<PullCommandOptions>({
  name: 'pull',
  summary: 'fetch the runs that are not here',
  description: [
    'Fetches every run that is not here, whatever the configuration says of fetching: nothing of yours is replaced, moved or deleted, and nothing that arrives is executed. Objects are checked as strictly as git can; what is no result (a commit with parents, a malformed object) is left out, with a warning. If a name stands there for another result than here, ours stays, and the command exits 3.',
    'Without a remote: jci.remote, the upstream of the current branch, origin, or the only remote there is.',
    'If the connection breaks, what had arrived whole is kept: pull again for the rest.',
  ].join('\n\n'),
  arguments: [{ name: '[remote]', description: 'a name, a URL or a path', completes: 'remote' }],
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [
    { command: 'git jci pull', does: 'see what others ran' },
    { command: 'git jci pull && git jci ls --all', does: 'and list it' },
  ],
  needs: 'repository',
  load: async () => (await import('../sync/pull-runs.ts')).pullCommand,
});
