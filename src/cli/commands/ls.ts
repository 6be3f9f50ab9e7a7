import { defineCommand } from '../command.ts';
import type { ListOptions } from '../list/list-runs.ts';

export const command = defineCommand<ListOptions>({
  name: 'ls',
  summary: 'list runs, newest first',
  description:
    "Lists the runs of the current branch's history, newest first, live ones included. With a revision: the runs of that commit alone. --all lists every run there is, also of commits that are no longer here.",
  arguments: [{ name: '[revision]', description: 'runs of this commit only', completes: 'revision' }],
  options: [
    { flags: '-b, --branch <name>', description: "runs of this branch's history", completes: 'branch' },
    { flags: '-s, --status <status>', description: 'only runs that ended so', choices: ['ok', 'err', 'running', 'passed', 'failed', 'timeout', 'cancelled', 'interrupted', 'broken'] },
    { flags: '-n, --limit <count>', description: 'how many at most; 0 for all (default: 20)' },
    { flags: '-a, --all', description: 'every run, whatever its commit' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci ls', does: 'the last 20 runs on this branch' },
    { command: 'git jci ls --all --status failed --limit 5', does: 'the last five failures anywhere' },
    { command: 'git jci ls HEAD~3', does: 'the runs of one commit' },
  ],
  needs: 'repository',
  listsResults: true,
  load: async () => (await import('../list/list-runs.ts')).listRuns,
});
