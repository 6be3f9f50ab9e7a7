import { logOptionNames } from '../../browse/log-options.ts';
import { defineCommand } from '../command.ts';
import type { HistoryOptions } from '../history/show-history.ts';

export const command = defineCommand<HistoryOptions>({
  name: 'log',
  summary: 'show history with the verdict beside each commit',
  description: `git log with a verdict in front. It takes ${logOptionNames.join(', ')} as git log does, then revisions, and paths after --.`,
  arguments: [{ name: '[revision...]', description: 'what to show (default: HEAD)', completes: 'revision' }],
  options: [{ flags: '--json', description: 'print JSON' }],
  passThrough: true,
  takesRest: '[-- <path>...]',
  examples: [
    { command: 'git jci log -n 10', does: 'the last ten commits' },
    { command: 'git jci log --graph --oneline main..topic -- src', does: 'what changed src on a branch' },
  ],
  needs: 'repository',
  listsResults: true,
  load: async () => (await import('../history/show-history.ts')).showHistory,
});
