import { defineCommand } from '../command.ts';
import type { RunOptions } from '../run/options.ts';

export const command = defineCommand<RunOptions>({
  name: 'rerun',
  summary: 'run the commit of a run again',
  description: 'Runs the same commit again, in a temporary worktree of exactly that commit. The new result says which run it repeats, and belongs to the same branch.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [
    { flags: '--timeout <duration>', description: 'end the run after so long (30m, 90s, 1h30m)' },
    { flags: '-e, --env <setting>', description: 'NAME=value for the script, or NAME to take it from the environment', repeatable: true },
    { flags: '--sign', description: 'sign the result with your git signing key' },
    { flags: '-q, --quiet', description: 'do not show the output' },
    { flags: '--json', description: 'print the record of the run as JSON instead of its output' },
  ],
  examples: [{ command: 'git jci rerun HEAD:2', does: 'repeat the run before the latest one of HEAD' }],
  needs: 'work tree',
  load: async () => (await import('../run/rerun.ts')).rerun,
});
